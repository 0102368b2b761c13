// Package register tells the system that links and bundles are opened with this program.
//
// Rules of this room:
//   - On Windows the program does it itself, for the person who runs it. On Linux the package
//     does (assets/system, scripts/package.sh), on macOS the bundle's Info.plist.
//   - What is written is a table, which can be looked at on any system.
//   - What another program was registered for stays with it, unless a person asks.
package register
