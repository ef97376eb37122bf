<?php
// Makes every call of calls.json with a generated client, and writes what its models read to answers.json.
declare(strict_types=1);

namespace Tools;

error_reporting(E_ALL & ~E_DEPRECATED);
require '/usr/share/php/GuzzleHttp/autoload.php';
[, $namespace, $lib, $emptyObject] = $argv;
require __DIR__ . '/build-query.php';
spl_autoload_register(function (string $class) use ($namespace, $lib): void {
    if (str_starts_with($class, "$namespace\\")) {
        require "$lib/" . str_replace('\\', '/', substr($class, strlen($namespace) + 1)) . '.php';
    }
});

$given = json_decode(file_get_contents('calls.json'));
// a class that PHP does not take is fatal, whether a call needs it or not
foreach (new \RecursiveIteratorIterator(new \RecursiveDirectoryIterator($lib)) as $file) {
    if (str_ends_with((string) $file, '.php')) {
        require_once (string) $file;
    }
}
$configuration = "$namespace\\Configuration";
$serializer = "$namespace\\ObjectSerializer";
$refused = "$namespace\\ApiException";
$config = (new $configuration())->setHost($given->url)->setAccessToken('any-token');

function api(string $namespace, string $lib, string $operation): string
{
    foreach (glob("$lib/Api/*.php") as $file) {
        $class = "$namespace\\Api\\" . basename($file, '.php');
        if (method_exists($class, $operation)) {
            return $class;
        }
    }
    throw new \LogicException("no class has $operation");
}

/** An empty object has become an empty array, which JSON writes as []; swagger-codegen cannot write an empty object. */
function keepEmptyObject(object $model, bool $leaveOut): void
{
    if (method_exists($model, 'getAdditionalInfo') && $model->getAdditionalInfo() === []) {
        $model->setAdditionalInfo($leaveOut ? null : new \stdClass());
    }
}

$answers = [];
foreach ($given->calls as $call) {
    $headers = ['Prefer' => $call->prefer, 'Authorization' => 'Bearer any-token'];
    $history = [];
    $stack = \GuzzleHttp\HandlerStack::create();
    $stack->push(\GuzzleHttp\Middleware::history($history));
    $http = new \GuzzleHttp\Client(['headers' => $headers, 'handler' => $stack]);
    $class = api($namespace, $lib, $call->operationId);
    $method = new \ReflectionMethod($class, $call->operationId . 'WithHttpInfo');
    $request = $serializer::deserialize($call->body, "\\$namespace\\Model\\$call->schema", []);
    keepEmptyObject($request, $emptyObject === 'left-out');
    if (!$request->valid()) {
        throw new \LogicException(implode("\n", $request->listInvalidProperties()));
    }
    $arguments = [];
    foreach ($method->getParameters() as $parameter) {
        $name = strtolower(str_replace('_', '-', $parameter->getName()));
        $named = array_change_key_case((array) $call->headers);
        $value = $named[$name] ?? (str_ends_with($name, 'request') || $name === 'body' ? $request : null);
        $arguments[] = $value;
    }
    try {
        [$answer, $status] = $method->invokeArgs(new $class($http, $config), $arguments);
    } catch (\InvalidArgumentException $exception) {
        // the generated method reads each 2xx with the class of 200, and refuses the code of 202
        $response = $history[0]['response'];
        $status = $response->getStatusCode();
        if ($status !== 202 || !str_contains($exception->getMessage(), "'response_code', must be one of")) {
            throw $exception;
        }
        $body = json_decode((string) $response->getBody());
        $answer = $serializer::deserialize($body, "\\$namespace\\Model\\$call->answerSchema", []);
    } catch (\Exception $exception) {
        if (!($exception instanceof $refused) || !$exception->getCode()) {
            throw $exception;
        }
        $status = $exception->getCode();
        $answer = $exception->getResponseObject();
        if ($answer->getResponseCode() === null) {
            // swagger-codegen reads the text of a refusal as if it were parsed already
            $body = json_decode($exception->getResponseBody());
            $answer = $serializer::deserialize($body, "\\$namespace\\Model\\$call->answerSchema", []);
        }
    }
    keepEmptyObject($answer, $emptyObject === 'left-out');
    $answers[] = [
        'operationId' => $call->operationId,
        'status' => $status,
        'responseCode' => $answer->getResponseCode(),
        'body' => $serializer::sanitizeForSerialization($answer),
    ];
}
file_put_contents('answers.json', json_encode($answers, JSON_UNESCAPED_SLASHES));
