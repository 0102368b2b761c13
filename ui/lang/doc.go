// Package lang gives the window its words, in English and German.
//
// English stands in the code and is the key: T("Share"), Tf("Move to “%s”", name),
// N(n, "1 card", "%d cards"). German is in translations/de.json. Package lang of Fyne
// says which language the system speaks and gets the same choice for what Fyne itself
// says; the words of the window are kept in a table here, because Fyne's parses a
// template at each call, cannot be told another language than the system's, and may not
// be asked by painters while it is told.
//
// Rules of this room:
//   - nobody below the window knows it: what comes from there is English, and Below
//     translates it where it is shown (translations/de.below.json);
//   - a table that is made before the language is known holds Key("…") and is given to
//     T when it is shown;
//   - what people wrote, and what is stored, is never translated;
//   - without Use everything is English, so tests are, on any machine.
package lang
