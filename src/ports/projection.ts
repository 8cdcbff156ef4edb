import type { RecordedEvent } from '../events/envelope.ts';
import type { Sql } from './database.ts';

/** Events folded in memory into rows that are not written yet. */
export type Fold = {
  /** Takes one more event; events of one stream oldest first. The fold stays as it was when this throws.
   *  @throws when the event cannot be read */
  add(event: RecordedEvent): void;
  /** Rows that {@link write} would write. */
  readonly rows: number;
  /** Writes the rows with a few statements; rows that stand at the same or a later version stay. */
  write(sql: Sql): Promise<void>;
};

/** @property name    physical name
 *  @property create  statements that make the table, safe to repeat
 *  @property columns with their types
 *  @property key     primary key; @property indexes columns of each index beside it */
export type PhysicalTable = {
  readonly name: string;
  readonly create: readonly string[];
  readonly columns: Readonly<Record<string, string>>;
  readonly key: readonly string[];
  readonly indexes: readonly (readonly string[])[];
};

/** A read model as the loop over the log sees it.
 *  @property about   what it is for, in a sentence or two
 *  @property version raised when its rows would come out differently; the rows of another version are rebuilt
 *  @property types   event types it handles
 *  @property metadataOf types of events whose metadata it reads, all when left out; it may find that of the others empty
 *  @property weightOf how many ordinary events one counts as, where one makes many rows; at least 1
 *  @property tables  its tables in one generation; the application only reads and writes rows, the owner makes them */
export type Projection = {
  readonly name: string;
  readonly about: string;
  readonly version: number;
  readonly types: readonly string[];
  readonly metadataOf?: readonly string[];
  weightOf?(event: RecordedEvent): number;
  tables(generation: number): readonly PhysicalTable[];
  fold(generation: number): Fold;
};

/** Which generation of a read model's tables is to be read. */
export type Generations = {
  /** Whether there is a read model of this name. */
  has(projection: string): boolean;
  /** Known for at most a second. @throws when the projection has no tables */
  of(projection: string): Promise<number>;
  /** Straight from the database. @throws when the projection has no tables */
  latest(projection: string): Promise<number>;
};

/** Something in memory that follows the log.
 *  @property types event types it wants
 *  @property load  fills it from a read model; events may be applied meanwhile. Answers the position per partition from which to follow
 *  @property apply takes one event; must not mind seeing one twice or two streams in any order */
export type LogView = {
  readonly name: string;
  readonly types: readonly string[];
  load(): Promise<ReadonlyMap<number, bigint>>;
  apply(event: RecordedEvent): void;
};
