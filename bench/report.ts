/** Tells the parent process what a workload took, as one line of JSON. */
export function report(milliseconds: number): void {
  process.stdout.write(`${JSON.stringify({ milliseconds, maxRssMiB: process.resourceUsage().maxRSS / 1024 })}\n`);
}
