// What `import ... from "snap-bi-contract/validation"` gives: bodies and headers against the contract.
export type { Contract, Validator, ValidatorError } from "./contract/contract.ts";
export {
  type RequestValidationResult,
  type SnapAnswer,
  type ValidationResult,
  validateHeaders,
  validateRequest,
  validateResponse,
} from "./contract/validation.ts";
export type { Violation } from "./contract/violation.ts";
