// Package lan finds other Corkboards on the local network, by multicast DNS.
//
// Rules of this room:
//   - One service for the whole program, under a name that is new at each start:
//     never anything about a person, a board or a document.
//   - Few multicast packets, and as many with ten thousand documents as with none.
//     Answers go to the one who asks.
//   - What comes from the network is a hint where to dial. It is answered only if it
//     comes from the same link, and never oftener than the limits here say.
package lan
