// Package solo plays one person at one real window: the whole way from an
// empty profile to everything still being there after a kill. The rules are
// those of person.
package solo
