/**
 * Peer: one way to let a script call host functions. Every peer gets the same functions (`host.ts`) and the same script
 * bodies (`cases.ts`); a body is the inside of an async function in which `b` holds the functions.
 */
export interface Peer {
  readonly name: string;
  /** What it does more or less than isobind, for the method section. */
  readonly differs: string;
  readonly floor?: boolean;
  open(options: PeerOptions): Promise<OpenPeer>;
}

export interface PeerOptions {
  /** Bindings in all; the functions of `host.ts` and fillers up to this number. */
  readonly bindings: number;
  /** The folder of a built isobind, for peers that are isobind. Default: this one. */
  readonly build?: string | undefined;
}

export interface OpenPeer {
  /** Runs one script to its end, in a fresh context where the peer has such a thing. Rejects when the script fails. */
  run(body: string): Promise<void>;
  close(): Promise<void>;
  /** Processes that belong to it besides this one, for memory. */
  pids?(): readonly number[];
}
