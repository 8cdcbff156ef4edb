import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Append, EventStore, ExpectedVersion, IdempotencyRecord } from '../../src/event-store/index.ts';
import type { RecordedEvent } from '../../src/events/envelope.ts';
import { type StreamId, streamId } from '../../src/events/ids.ts';
import { record, tenant } from './contract.ts';
import { type Command, type Expectation, keyCount, playerCount, streamCount } from './model-commands.ts';

/** A command as it was sent, and what came of it. */
export type Sent = {
  readonly command: Command;
  readonly id: string;
  readonly append: Append | null;
  readonly outcome: { readonly events: readonly RecordedEvent[] } | { readonly error: unknown };
};

/** The names of one run, what the model knows of it, and how to send commands. */
export class ModelRun {
  readonly streams: readonly StreamId[];
  readonly keys = Array.from({ length: keyCount }, () => randomUUID());
  readonly players = Array.from({ length: playerCount }, () => randomUUID());
  /** Versions before the round that runs. */
  versions: bigint[] = Array.from({ length: streamCount }, () => 0n);
  readonly #stores: readonly EventStore[];

  constructor(stores: readonly EventStore[]) {
    this.#stores = stores;
    this.streams = Array.from({ length: streamCount }, (_, n) =>
      streamId(n === 0 ? 'season' : 'test', tenant, randomUUID()),
    );
  }

  /** Sends the commands at once, spread over the stores. */
  round(commands: readonly Command[]): Promise<readonly Sent[]> {
    return Promise.all(
      commands.map((command, n) => this.#send(command, this.#stores[n % this.#stores.length] as EventStore)),
    );
  }

  async #send(command: Command, store: EventStore): Promise<Sent> {
    const id = randomUUID();
    let append: Append | null = null;
    try {
      if (command.kind === 'read')
        return { command, id, append, outcome: { events: await this.#read(command.stream, store) } };
      if (command.kind === 'append') {
        append = this.#append(command, id);
        return { command, id, append, outcome: await store.append(append) };
      }
      const stream = this.streams[command.stream] as StreamId;
      const result = await store.appendExclusively([{ streamId: stream, from: 1n }], ([slice]) => {
        expect(slice?.events.map(({ version }) => version)).toEqual(upTo(slice?.version ?? 0n));
        const writes = [{ stream: command.stream, events: 1, messages: 0, expectedVersion: slice?.version ?? 0n }];
        append = { tenant, streams: this.#streams(writes, id), ...this.#record(command.key, id, false) };
        return append;
      });
      return { command, id, append, outcome: result ?? { events: [] } };
    } catch (error) {
      return { command, id, append, outcome: { error } };
    }
  }

  async #read(stream: number, store: EventStore): Promise<readonly RecordedEvent[]> {
    const slice = await store.read(this.streams[stream] as StreamId);
    expect(slice.events.map(({ version }) => version)).toEqual(upTo(slice.version));
    expect(slice.version >= (this.versions[stream] as bigint)).toBe(true);
    return slice.events;
  }

  #append(command: Command & { kind: 'append' }, id: string): Append {
    const season = this.streams[0] as StreamId;
    const conditional = command.condition !== 'none' && !command.writes.some(({ stream }) => stream === 0);
    const expectedVersion = this.#version(0, command.condition === 'none' ? 'right' : command.condition);
    return {
      tenant,
      streams: this.#streams(
        command.writes.map((write) => ({ ...write, expectedVersion: this.#version(write.stream, write.expectation) })),
        id,
      ),
      ...(conditional && typeof expectedVersion === 'bigint' && expectedVersion > 0n
        ? { conditions: [{ streamId: season, expectedVersion }] }
        : {}),
      ...this.#record(command.key, id, command.expired),
      ...(command.player === null
        ? {}
        : { dataKeys: [{ tenant, playerId: this.players[command.player] as string, wrappedKey: id, kekId: 'k1' }] }),
    };
  }

  #version(stream: number, expectation: Expectation): ExpectedVersion {
    const now = this.versions[stream] as bigint;
    if (expectation === 'right') return now;
    if (expectation === 'too low') return now === 0n ? 1n : now - 1n;
    return expectation === 'too high' ? now + 2n : expectation;
  }

  #streams(
    writes: readonly { stream: number; events: number; messages: number; expectedVersion: ExpectedVersion }[],
    id: string,
  ): Append['streams'] {
    return writes.map(({ stream, events, messages, expectedVersion }) => ({
      streamId: this.streams[stream] as StreamId,
      expectedVersion,
      events: Array.from({ length: events }, (_, n) => ({
        type: 'Tested',
        data: { id, n },
        messages: Array.from({ length: messages }, (_unused, ordinal) => ({
          aggregateType: 'test',
          aggregateId: id,
          type: 'TestMessage',
          payload: { n, ordinal },
        })),
      })),
    }));
  }

  #record(key: number | null, id: string, expired: boolean): { record?: IdempotencyRecord } {
    if (key === null) return {};
    return { record: record(this.keys[key] as string, id, expired ? Date.now() - 1_000 : Date.now() + 600_000) };
  }
}

const upTo = (version: bigint): bigint[] => Array.from({ length: Number(version) }, (_, n) => BigInt(n + 1));
