/** What becomes of a message. A reason keeps its name once it is there. */
type ChatVerdict =
  | { readonly verdict: 'allow'; readonly text: string }
  | { readonly verdict: 'mask'; readonly text: string; readonly reason: string }
  | { readonly verdict: 'refuse'; readonly reason: string };

/** Judges what players say to each other. Pure: the same arguments give the same answer.
 *  @typeParam Recent what is known of what a player said of late; whoever asks keeps it for them */
export type ChatModeration<Recent> = {
  /** Of a player who has not spoken yet. */
  readonly nothingSaid: Recent;
  /** @param message with the time at which it came, in milliseconds
   *  @returns the verdict, and what to hand in with the player's next message */
  judge(
    message: { readonly text: string; readonly at: number },
    recent: Recent,
  ): { readonly verdict: ChatVerdict; readonly recent: Recent };
};
