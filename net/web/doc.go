// Package web fetches pages of the web for the one who asks, and never goes where a page
// or a name would lead it into this person's own network.
//
// Rules of this room:
//   - An address is judged when it is dialled, after its name was looked up, each time
//     anew: redirects, names that change their answer and connections for pictures go
//     through the same door. What is not known to be public is refused.
//   - Only http and https. Ports 80 and 443, and those from 1024 on that browsers use too:
//     below that are services that are not the web's.
//   - Nothing is said of who asks: no cookies, no referer, no language, one name for all.
//     No proxy: behind one, it would be the proxy's address that is judged.
//   - Everything is bounded: redirects, time, bytes, files of a page. What comes is parsed
//     by package page; pictures are bytes here.
//   - No cards and no documents: a Page is plain values.
package web
