package cmdline

const help = `Corkboard keeps notes, pictures, PDFs and other files on boards of your own.

Usage:
  corkboard [LINK | FILE…]              open the window; show a link, pin files
  corkboard add FILE… [--board LINK]    pin files without a window; - is standard input
  corkboard status [--json]             say where everything is and whether it is saved
  corkboard export BOARD DIR            write a board and its files to a new folder
  corkboard check                       read everything that is stored and verify it

BOARD and LINK are links as a card's menu copies them (corkboard:/…); BOARD may
also be "home". If Corkboard is running already, it does the work.

Options:
  --profile DIR   use another profile than the workspace that was open last:
                  %s
  --board LINK    with add: the board to pin to (default: home)
  --json          with status: as JSON
  --offline       with the window: meet nobody
  --listen A:P    with the window: be met at this address and port (default: any)
  --version       print the version
  --help          print this

Exit status: 0 done, 1 failed, 2 not understood.
`
