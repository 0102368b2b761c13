// Package vectors holds the primitives that the program signs, seals and derives with against
// vectors of others (C2SP's Wycheproof): inputs that have broken libraries before.
package vectors
