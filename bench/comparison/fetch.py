"""Rivals and libraries out of package registries, into build/bench, with nothing installed."""
import glob
import os
import shutil

from process import Failed, run, say


def debian(folder, packages):
    """Unpacks Debian packages below `folder`, which is given back."""
    done = os.path.join(folder, "." + "+".join(packages))
    if not os.path.exists(done):
        os.makedirs(folder, exist_ok=True)
        say(f"fetching {', '.join(packages)}")
        run(["apt-get", "download", *packages], folder=folder)
        for archive in glob.glob(os.path.join(folder, "*.deb")):
            run(["dpkg-deb", "-x", archive, folder])
            os.remove(archive)
        open(done, "w").close()
    return folder


def npm(folder, packages):
    """Installs npm packages into `folder`/node_modules."""
    if shutil.which("npm") is None:
        raise Failed("there is no npm here")
    missing = [package for package in packages
               if not os.path.isdir(os.path.join(folder, "node_modules", package.rsplit("@", 1)[0]))]
    if missing:
        os.makedirs(folder, exist_ok=True)
        say(f"fetching {', '.join(missing)}")
        run(["npm", "install", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts",
             *packages], folder=folder)
    return folder


def npm_file(folder, package, member):
    """One file out of an npm package, unpacked below `folder`; gives back its path."""
    path = os.path.join(folder, "package", member)
    if not os.path.exists(path):
        if shutil.which("npm") is None:
            raise Failed("there is no npm here")
        os.makedirs(folder, exist_ok=True)
        say(f"fetching {package}")
        archive = run(["npm", "pack", "--loglevel=error", package],
                      folder=folder).text.strip().splitlines()[-1]
        run(["tar", "-xzf", archive, f"package/{member}"], folder=folder)
        os.remove(os.path.join(folder, archive))
    return path
