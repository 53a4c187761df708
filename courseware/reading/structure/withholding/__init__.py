"""What learners do not see by its words: labels, bold lines, brackets, columns, quotations, boxes.

Goes through the blocks of a section once its headings are told apart, before its exercises are
recognised (`walking`). Who may see a text is decided by what stands around it (`around`, `deciding`).
What a label hides is its own paragraph and the list or fence that it leads in; what a whole-bold
line hides is all up to the next heading, rule or bold line (`hiding`).
"""

from courseware.reading.structure.withholding.walking import Withholding

__all__ = ["Withholding"]
