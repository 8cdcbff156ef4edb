/** Calls back when the process is told by SIGHUP to read its configuration again; such signals during a call make one more.
 *  @param reload    nobody else ends the process for it, and neither may this: what it throws goes to `onFailure`
 *  @returns removes the signal handler */
export function listenForReload(reload: () => Promise<void>, onFailure: (error: unknown) => void): () => void {
  let isReloading = false;
  let again = false;
  const onSignal = async () => {
    again = true;
    if (isReloading) return;
    isReloading = true;
    while (again) {
      again = false;
      await reload().catch(onFailure);
    }
    isReloading = false;
  };
  process.on('SIGHUP', onSignal);
  return () => process.removeListener('SIGHUP', onSignal);
}
