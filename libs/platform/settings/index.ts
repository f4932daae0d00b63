export { prepareDataDir } from './data-dir.js';
export * from './load-settings.js';
export { withMasterKey } from './master-key.js';
export { SecretBox } from './secret-box.js';
export * from './settings-error.js';
export * from './settings.js';
export * from './settings.module.js';
