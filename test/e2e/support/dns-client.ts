import { createSocket, type Socket } from 'node:dgram';

/** Kinds of records that the proofs ask for. */
const TYPES = { A: 1, SRV: 33 } as const;
/** Response codes by number; the others don't occur. */
const RESPONSE_CODES = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'];

const HEADER_BYTES = 12;
const RECURSION_DESIRED = 0x01_00;
const INTERNET = 1;
/** An additional record that allows answers of 4 KiB over UDP. */
const EDNS = Buffer.from([0, 0, 41, 16, 0, 0, 0, 0, 0, 0, 0]);
const MAX_ID = 0xff_ff;

/** What a server said. */
export interface DnsAnswer {
  /** `NOERROR` and so on; `TIMEOUT` if it said nothing. */
  readonly code: string;
  /** Addresses, or `port target` of services. Sorted. */
  readonly records: readonly string[];
  /** Lowest of all records, seconds. Undefined without records. */
  readonly ttl?: number;
  readonly milliseconds: number;
}

/**
 * Asks one DNS server over UDP, as many names at once as one likes. That of Node can't be used: it adapts its timeout to what
 * it has seen, asks again by itself, and hides response codes and times to live.
 */
export class DnsClient {
  private readonly socket: Socket = createSocket('udp4');
  private readonly waiting = new Map<number, (message: Buffer) => void>();
  private lastId = 0;

  public constructor(
    private readonly address: string,
    private readonly port: number,
    private readonly timeoutMs = 15_000,
  ) {
    this.socket.on('message', message => this.waiting.get(message.readUInt16BE(0))?.(message));
  }

  /** Asks once, without search domains. A dot at the end makes no difference, as for every resolver. */
  public ask(name: string, type: keyof typeof TYPES = 'A'): Promise<DnsAnswer> {
    const id = this.freeId();
    const started = performance.now();
    return new Promise((resolve, reject) => {
      const done = (answer: Omit<DnsAnswer, 'milliseconds'>): void => {
        clearTimeout(timer);
        this.waiting.delete(id);
        resolve({ ...answer, milliseconds: performance.now() - started });
      };
      const timer = setTimeout(() => done({ code: 'TIMEOUT', records: [] }), this.timeoutMs);
      this.waiting.set(id, message => done(read(message)));
      this.socket.send(question(id, name, TYPES[type]), this.port, this.address, error => {
        if (error) reject(error);
      });
    });
  }

  /** To be called when no answer is awaited. */
  public close(): void {
    this.socket.close();
  }

  private freeId(): number {
    do this.lastId = (this.lastId % MAX_ID) + 1;
    while (this.waiting.has(this.lastId));
    return this.lastId;
  }
}

function question(id: number, name: string, type: number): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  [id, RECURSION_DESIRED, 1, 0, 0, 1].forEach((value, index) => header.writeUInt16BE(value, 2 * index));
  const labels = name.replace(/\.$/, '').split('.');
  const parts = labels.map(label => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'ascii')]));
  return Buffer.concat([header, ...parts, Buffer.from([0, 0, type, 0, INTERNET]), EDNS]);
}

function read(message: Buffer): Omit<DnsAnswer, 'milliseconds'> {
  const code = RESPONSE_CODES[message.readUInt8(3) & 0x0f];
  let offset = nameAt(message, HEADER_BYTES).end + 4;
  const records: string[] = [];
  const ttls: number[] = [];
  for (let left = message.readUInt16BE(6); left > 0; left--) {
    const start = nameAt(message, offset).end;
    const data = start + 10;
    const type = message.readUInt16BE(start);
    if (type === TYPES.A) records.push(message.subarray(data, data + 4).join('.'));
    if (type === TYPES.SRV) records.push(`${message.readUInt16BE(data + 4)} ${nameAt(message, data + 6).name}`);
    ttls.push(message.readUInt32BE(start + 4));
    offset = data + message.readUInt16BE(start + 8);
  }
  return { code, records: records.sort(), ttl: ttls.length > 0 ? Math.min(...ttls) : undefined };
}

/** A name, which may end in a pointer to an earlier one, and where what follows it begins. */
function nameAt(message: Buffer, offset: number): { readonly name: string; readonly end: number } {
  const length = message.readUInt8(offset);
  if (length === 0) return { name: '', end: offset + 1 };
  if (length >= 0xc0) return { name: nameAt(message, message.readUInt16BE(offset) & 0x3f_ff).name, end: offset + 2 };
  const label = message.toString('ascii', offset + 1, offset + 1 + length);
  const rest = nameAt(message, offset + 1 + length);
  return { name: rest.name === '' ? label : `${label}.${rest.name}`, end: rest.end };
}
