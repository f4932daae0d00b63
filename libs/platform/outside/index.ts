export {
  callOutside,
  OutsideCallFailed,
  type OutsideAnswer,
  type OutsideCallFault,
  type OutsideCallOptions,
} from './outside-call.js';
export { isPublicAddress } from './public-address.js';
export { isPrivateLiteral, publicOnly } from './public-only.js';
