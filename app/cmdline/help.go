package cmdline

const help = `Corkboard keeps notes, pictures, PDFs and other files on boards of your own.

Usage:
  corkboard [LINK | FILE…]              open the window; show a link, pin files
  corkboard add FILE… [--board LINK]    pin files without a window; - is standard input
  corkboard status [--json]             say where everything is and whether it is saved
  corkboard export BOARD PATH           write a board and those on it to a new folder,
                                        an archive (PATH.zip) or a file
  corkboard import PATH… [--board LINK] bring a canvas, a folder, an archive, PushPin's
                                        JSON or any file to a board; take in a bundle
  corkboard backup FILE                 write everything to one file under a passphrase,
                                        which is asked for or read from standard input
  corkboard restore FILE --profile DIR  make a new profile of a backup
  corkboard check                       read everything that is stored and verify it
  corkboard clipper install [--browser NAME]
                                        tell browsers where Corkboard is, and unpack the
                                        extension for them; also: remove, status
  corkboard register [remove]           on Windows: open links and bundles with Corkboard

BOARD and LINK are links as a card's menu copies them (corkboard:/…); BOARD may
also be "home". If Corkboard is running already, it does the work.

Options:
  --profile DIR   use another profile than the workspace that was open last:
                  %s
  --board LINK    with add, import: the board to pin to (default: home)
  --browser NAME  with clipper: chrome, chromium, edge, brave, vivaldi or firefox
                  (default: those that are here)
  --format NAME   with export: jsoncanvas or markdown (a folder or .zip), png, svg,
                  pdf (a file), bundle (a sealed file of a shared board, for those
                  who are on it), or json (a folder with all there is; default)
  --scale N       with export to png: pixels for a board unit (default: one that suits)
  --json          with status: as JSON
  --offline       with the window: meet nobody, fetch no page
  --listen A:P    with the window: be met at this address and port (default: any)
  --version       print the version
  --help          print this

Exit status: 0 done, 1 failed, 2 not understood.
`
