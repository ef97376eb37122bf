// Generated from openapi/ by `npm run generate`. Do not edit.
// The rows of the catalogue by name: HTTP status and case code of each.
/** Successful */
export const Successful = "20000";
/** Request In Progress */
export const RequestInProgress = "20200";
/** Bad Request */
export const BadRequest = "40000";
/** Invalid Field Format {field name} */
export const InvalidFieldFormat = "40001";
/** Invalid Mandatory Field {field name} */
export const InvalidMandatoryField = "40002";
/** Unauthorized. [reason] */
export const Unauthorized = "40100";
/** Invalid Token (B2B) */
export const InvalidToken = "40101";
/** Invalid Customer Token */
export const InvalidCustomerToken = "40102";
/** Token Not Found (B2B) */
export const TokenNotFound = "40103";
/** Customer Token Not Found */
export const CustomerTokenNotFound = "40104";
/** Transaction Expired */
export const TransactionExpired = "40300";
/** Feature Not Allowed [Reason] */
export const FeatureNotAllowed = "40301";
/** Exceeds Transaction Amount Limit */
export const ExceedsTransactionAmountLimit = "40302";
/** Suspected Fraud */
export const SuspectedFraud = "40303";
/** Activity Count Limit Exceeded */
export const ActivityCountLimitExceeded = "40304";
/** Do Not Honor */
export const DoNotHonor = "40305";
/** Feature Not Allowed At This Time. [reason] */
export const FeatureNotAllowedAtThisTime = "40306";
/** Card Blocked */
export const CardBlocked = "40307";
/** Card Expired */
export const CardExpired = "40308";
/** Dormant Account */
export const DormantAccount = "40309";
/** Need To Set Token Limit */
export const NeedToSetTokenLimit = "40310";
/** OTP Blocked */
export const OtpBlocked = "40311";
/** OTP Lifetime Expired */
export const OtpLifetimeExpired = "40312";
/** OTP Sent To Cardholer */
export const OtpSentToCardholder = "40313";
/** Insufficient Funds */
export const InsufficientFunds = "40314";
/** Transaction Not Permitted.[reason] */
export const TransactionNotPermitted = "40315";
/** Suspend Transaction */
export const SuspendTransaction = "40316";
/** Token Limit Exceeded */
export const TokenLimitExceeded = "40317";
/** Inactive Card/Account/Customer */
export const InactiveCardAccountCustomer = "40318";
/** Merchant Blacklisted */
export const MerchantBlacklisted = "40319";
/** Merchant Limit Exceed */
export const MerchantLimitExceed = "40320";
/** Set Limit Not Allowed */
export const SetLimitNotAllowed = "40321";
/** Token Limit Invalid */
export const TokenLimitInvalid = "40322";
/** Account Limit Exceed */
export const AccountLimitExceed = "40323";
/** Invalid Transaction Status */
export const InvalidTransactionStatus = "40400";
/** Transaction Not Found */
export const TransactionNotFound = "40401";
/** Invalid Routing */
export const InvalidRouting = "40402";
/** Bank Not Supported By Switch */
export const BankNotSupportedBySwitch = "40403";
/** Transaction Cancelled */
export const TransactionCancelled = "40404";
/** Merchant Is Not Registered For Card Registration Services */
export const MerchantNotRegisteredForCardRegistration = "40405";
/** Need To Request OTP */
export const NeedToRequestOtp = "40406";
/** Journey Not Found */
export const JourneyNotFound = "40407";
/** Invalid Merchant */
export const InvalidMerchant = "40408";
/** No Issuer */
export const NoIssuer = "40409";
/** Invalid API Transition */
export const InvalidApiTransition = "40410";
/** Invalid Card/Account/Customer [info]/Virtual Account */
export const InvalidCardAccountCustomer = "40411";
/** Invalid Bill/Virtual Account [Reason] */
export const InvalidBillVirtualAccount = "40412";
/** Invalid Amount */
export const InvalidAmount = "40413";
/** Paid Bill */
export const PaidBill = "40414";
/** Invalid OTP */
export const InvalidOtp = "40415";
/** Partner Not Found */
export const PartnerNotFound = "40416";
/** Invalid Terminal */
export const InvalidTerminal = "40417";
/** Inconsistent Request */
export const InconsistentRequest = "40418";
/** Invalid Bill/Virtual Account */
export const ExpiredBillVirtualAccount = "40419";
/** Requested Function Is Not Supported */
export const RequestedFunctionIsNotSupported = "40500";
/** Requested Opearation Is Not Allowed */
export const RequestedOperationIsNotAllowed = "40501";
/** Conflict */
export const Conflict = "40900";
/** Duplicate partnerReferenceNo */
export const DuplicatePartnerReferenceNo = "40901";
/** Too Many Requests */
export const TooManyRequests = "42900";
/** General Error */
export const GeneralError = "50000";
/** Internal Server Error */
export const InternalServerError = "50001";
/** External Server Error */
export const ExternalServerError = "50002";
/** Timeout */
export const Timeout = "50400";

/** How many case codes each status has: they count up from 00 without a gap. */
export const caseCounts: Readonly<Record<string, number>> = {"200":1,"202":1,"400":3,"401":5,"403":24,"404":20,"405":2,"409":2,"429":1,"500":3,"504":1};
