<?php
// What the generated client calls, which guzzle had up to version 6.
namespace GuzzleHttp\Psr7;

function build_query(array $params, $encoding = PHP_QUERY_RFC3986): string
{
    return Query::build($params, $encoding);
}
