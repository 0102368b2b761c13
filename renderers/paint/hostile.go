package paint

import "strings"

// Limits above which a text is not Markdown but an attack on its parser, or on the reader.
const (
	maxNesting   = 64
	maxMarks     = 4000  // marks of one paragraph that may pair up with others
	maxTableArea = 20000 // lines × columns of one paragraph
)

// hostile reports whether parsing the text could take more than linear time or deep recursion. It
// looks once, from the left, and errs on the side of plain text.
func hostile(src string) bool {
	var para struct{ depth, marks, lines, columns int }
	references := 0
	for len(src) > 0 {
		line, rest, _ := strings.Cut(src, "\n")
		src = rest
		if strings.TrimSpace(line) == "" {
			para.depth, para.marks, para.lines, para.columns = 0, 0, 0, 0
			continue
		}
		if containers(line) > maxNesting {
			return true
		}
		pipes := 0
		for i := 0; i < len(line); i++ {
			switch line[i] {
			case '[':
				para.depth++
				para.marks++
			case ']':
				para.depth = max(0, para.depth-1)
				para.marks++
			case '*', '_', '~', '`', '<', '!', '&', '\\', '(':
				para.marks++
			case '|':
				pipes++
			}
			if para.depth > maxNesting || para.marks > maxMarks {
				return true
			}
		}
		if strings.Contains(line, "]:") {
			references++
		}
		para.lines++
		para.columns = max(para.columns, pipes)
		if para.columns > 0 && (para.columns+1)*para.lines > maxTableArea || references > maxMarks {
			return true
		}
	}
	return false
}

// containers bounds how many quotes and lists the line may open or continue: every mark counts, and
// so does every two columns of indentation.
func containers(line string) int {
	marks, columns := 0, 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == ' ':
			columns++
		case c == '\t':
			columns += 4
		case c == '>':
			marks++
		case c >= '0' && c <= '9':
			// part of a number, which opens a list only with its dot
		case strings.IndexByte("-+*.)", c) >= 0 && (i+1 == len(line) || line[i+1] == ' ' || line[i+1] == '\t'):
			marks++
		default:
			return marks + columns/2
		}
	}
	return marks + columns/2
}
