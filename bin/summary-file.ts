/** In the folder of a synthesis: what it amounts to, for people. */
export const SUMMARY_FILE = 'summary.txt';
