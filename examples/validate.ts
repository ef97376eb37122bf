// Looks at bodies without calling anybody.
// #region validate
import { validateRequest } from "snap-bi-contract/validation";

const result = validateRequest("qrCpmPayment", { partnerReferenceNo: "order-1", amount: { currency: "IDR" } });
if (!result.valid) {
  for (const { message } of result.violations) console.log(message);
  console.log(result.answer.responseCode, result.answer.responseMessage);
}
// #endregion
