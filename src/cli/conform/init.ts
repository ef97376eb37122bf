// The run file that `snap-bi conform --init` writes: it fits the project's own sandbox, and says what to change.

/** Where editors find the schema. */
const SCHEMA = "./node_modules/snap-bi-contract/generated/run.schema.json";

const HEAD = `# yaml-language-server: $schema=${SCHEMA}
# The run file of \`snap-bi conform\`. Credentials are named (env:NAME, or file:PATH beside this file) and never written here.
# The provider and the user, for the head of the form.
provider: PT Contoh PJP
user: PT Contoh Toko
`;

const PJP = `${HEAD}
role: pjp
# Scheme, host and base path, without /v1.0. This is where \`snap-bi sandbox\` listens.
target: http://127.0.0.1:4011

# X-PARTNER-ID and CHANNEL-ID, as the PJP gave them to you.
partnerId: "82150823919040624621823174737537"
channelId: "95221"
# symmetric with clientSecret, or asymmetric with privateKey
signature:
  type: symmetric
  clientSecret: env:SNAP_CLIENT_SECRET
# Access tokens come from service 73; accessToken: env:NAME sends one that you have.
token:
  clientKey: env:SNAP_CLIENT_KEY
  privateKey: file:private.pem

# The services that the PJP offers. The rows of others stay empty, with a note.
services: ["59", "60", "61", "62", "80", "55", "73"]
# Paths other than the standard's: { "60": /v1.1/qr/qr-cpm-payment }
# paths: {}
# Fields that the PJP asks for beside the usual ones: { "60": { terminalId: "A1234567" } }
# fields: {}
# any: another responseMessage than the catalogue's is a note, and does not fail the row
# messages: any
# Seconds to wait for an answer
# timeout: 30

# What only the PJP can tell you.
data:
  merchantId: "00007100010926"
  amount: "10000.00"
  # QR codes to pay with, one a payment, where the PJP does not make them (service 59)
  # qrContent: ["...", "..."]
  # originalPartnerReferenceNo of a direct debit that succeeded
  debit: debit-00

# How the PJP's test system brings outcomes about: fields by dotted names, or headers such as X-EXTERNAL-ID. Under payment
# stand those of the payment that the request is about. Without an entry its scenario is not tested.
force:
  invalidMerchant: { merchantId: "4045908" }
  amountAboveLimit: { amount.value: "10000000.01" }
  pendingPayment: { amount.value: "2026000.00" }
  cancelInProgress: { merchantId: "2026200" }
  refundInProgress: { merchantId: "2028000" }
  pendingDebit: { originalPartnerReferenceNo: debit-03 }
`;

const MERCHANT = `${HEAD}
role: merchant
# The merchant's base URL, or the whole URL of its qr-cpm-notify. Another path stands under paths.
target: http://127.0.0.1:3000
# paths: { "79": /callbacks/qris }

# X-PARTNER-ID and CHANNEL-ID: what you, the PJP, are to the merchant.
partnerId: my-pjp
channelId: "95221"
# asymmetric: signed with your private key, without a token. symmetric: with clientSecret, and a token that the merchant gives out.
signature:
  type: asymmetric
  privateKey: file:private.pem
# token:
#   clientKey: env:SNAP_CLIENT_KEY
#   privateKey: file:private.pem

services: ["79"]
# messages: any

data:
  merchantId: "00007100010926"
  # Payments that the merchant knows; made up where none are given.
  # payment: { partnerReferenceNo: "...", referenceNo: "...", amount: "10000.00" }
  # failedPayment: { partnerReferenceNo: "...", referenceNo: "...", amount: "10000.00" }
`;

/** The run file of a role, as it begins. */
export const RUN_FILES = { pjp: PJP, merchant: MERCHANT } as const;
