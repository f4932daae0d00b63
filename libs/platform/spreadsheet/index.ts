export { decode, readTable, unescapedCell, writeTable } from './spreadsheet.js';
