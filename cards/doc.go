// Package cards knows the content types: their schema, commands and views.
//
// Every card is a document of its own. A Codec reads it into a plain struct
// (Text, Todo, File), commands plan changes to it, and a view holds what a
// painter draws.
//
// Rules of this room:
//   - pure: standard library and doc only; no clock, randomness or I/O: ids and
//     dates are fields of commands;
//   - a card does not know that it is pinned: no board, no position;
//   - codecs accept any document: a slot of the wrong type counts as absent,
//     and values that reach a view are cleaned first;
//   - commands write the slots they name and leave every other one alone.
package cards
