import type { HttpTransport } from '../../../lib/recovery/calls/http';
import type { RecoveryPorts } from '../../../lib/recovery/ports';
import { Killed } from './scenario';

/** Where a process ends. */
export interface EndOfProcess {
  readonly at: 'before a call' | 'after a call' | 'before a write' | 'after a write';
  readonly number: number;
}

/** Ports of a process that ends at a certain point, and counts how many there are. */
export class InterruptedPorts {
  public calls = 0;
  public writes = 0;
  /** Numbers of the calls that change something. */
  public readonly changes: number[] = [];
  /**
   * Numbers of the calls that are worth disturbing, once a run is over: all but the third and later ones in a row that ask the same, are answered the
   * same, and have nothing written down between them. The program is where it was at the second one.
   */
  public readonly points: number[] = [];
  private readonly answers = new Map<string, { readonly text: string; readonly writes: number; readonly times: number }>();

  public constructor(
    private readonly ports: RecoveryPorts,
    private readonly end?: EndOfProcess,
    /** Called instead of ending, at that point. */
    private readonly instead?: () => Promise<void>,
  ) {}

  public get all(): RecoveryPorts {
    const { broker } = this.ports;
    return {
      ...this.ports,
      management: this.transport('management', this.ports.management),
      rest: this.transport('rest', this.ports.rest),
      elasticsearch: regionId => this.transport(`elasticsearch ${regionId}`, this.ports.elasticsearch(regionId)),
      ...(broker ? { broker: (brokerId: string) => this.transport(`broker ${brokerId}`, broker(brokerId)) } : {}),
      store: {
        read: () => this.ports.store.read(),
        write: async (progress, version) => {
          const number = this.writes++;
          await this.check('before a write', number);
          const result = await this.ports.store.write(progress, version);
          await this.check('after a write', number);
          return result;
        },
      },
    };
  }

  private transport(server: string, transport: HttpTransport): HttpTransport {
    return {
      send: async request => {
        const number = this.calls++;
        if (request.method !== 'GET') this.changes.push(number);
        await this.check('before a call', number);
        const response = await transport.send(request);
        if (this.isNew(`${server} ${request.method} ${request.path}`, response.text)) this.points.push(number);
        await this.check('after a call', number);
        return response;
      },
    };
  }

  private isNew(asked: string, text: string): boolean {
    const last = this.answers.get(asked);
    const times = last?.text === text && last.writes === this.writes ? last.times + 1 : 1;
    this.answers.set(asked, { text, writes: this.writes, times });
    return times <= 2;
  }

  private async check(at: EndOfProcess['at'], number: number): Promise<void> {
    if (this.end?.at !== at || this.end.number !== number) return;
    if (!this.instead) throw new Killed(`${at} ${number}`);
    await this.instead();
  }
}
