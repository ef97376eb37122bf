#!/usr/bin/env bash
# The life of a payment with curl, against the sandbox of the README's tour: each call is signed by `snap-bi sign`.
set -euo pipefail
cd "$(dirname "$0")"
url=${SNAP_BASE_URL:-http://127.0.0.1:4011}

snap-bi() { node --import tsx ../src/cli.ts "$@"; } # where the package is installed: npx snap-bi

# Without --quiet, sign prints every step of the signature, to be compared with your own.
call() {
  local time signature
  time=$(TZ=UTC-7 date +%Y-%m-%dT%H:%M:%S+07:00)
  signature=$(printf %s "$2" | snap-bi sign --path "/v1.0/qr/$1" --body - --timestamp "$time" --quiet)
  curl -sS "$url/v1.0/qr/$1" -d "$2" -H 'Content-Type: application/json' \
    -H "Authorization: Bearer $SNAP_ACCESS_TOKEN" -H "X-TIMESTAMP: $time" -H "X-SIGNATURE: $signature" \
    -H 'X-PARTNER-ID: my-shop' -H "X-EXTERNAL-ID: $(date +%s)$RANDOM" -H 'CHANNEL-ID: 95221'
  echo
}

order=order-$(date +%s)$RANDOM
amount='{"value":"10000.00","currency":"IDR"}'
insufficient='{"value":"4036014.00","currency":"IDR"}' # an amount that is a response code forces it
paid='"merchantId":"shop-1","expiryTime":"2030-12-31T23:59:59+07:00"'

qr=$(call qr-cpm-generate '{"partnerTrxDate":"2026-11-21"}' | sed -n 's/.*"qrContent":"\([^"]*\)".*/\1/p')
call qr-cpm-payment '{"partnerReferenceNo":"'"$order"'","qrContent":"'"$qr"'","amount":'"$amount,$paid"'}'
call qr-cpm-query '{"originalPartnerReferenceNo":"'"$order"'"}'
call qr-cpm-refund '{"originalPartnerReferenceNo":"'"$order"'","partnerRefundNo":"refund-'"$order"'","refundAmount":'"$amount"'}'
call qr-cpm-payment '{"partnerReferenceNo":"'"$order"'-2","qrContent":"any","amount":'"$insufficient,$paid"'}'
