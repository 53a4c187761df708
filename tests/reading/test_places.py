"""How many places to write an exercise gets: wordings of many habits, as a reader would count them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from courseware.html.rendering import render
from courseware.media.pictures import Gallery
from tests.products.test_worksheet import page_of

HEAD = "# T\n\n## Exercise 1: Do (10 min)\n\nWhat do you hear?\n\nRead on.\n\n"
"""Before each wording a question, so that the exercise as a whole asks for no space."""


def fields(body: str) -> int:
    found = page_of(HEAD + body + "\n")
    assert found is not None
    html = render(found, Path("/none"), Gallery(Path("/none")))
    return len(re.findall(r"<(?:input|textarea|select)", html))


BARE = fields("")


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("What surprised you?\n\nWhich part was hard?", 2),
        (
            "1. Type `ls -l` and press Enter.\n2. What does the first column show?\n3. Run it again with `-a`.",
            1,
        ),
        ("Take a minute to write down three things you would change.", 1),
        ("In your notebook, write down what you expect to happen.", 1),
        ("With a partner, list the risks of moving the server.", 1),
        ("Turn to your neighbour and explain the term in your own words.", 1),
        ("Working in pairs, sketch the flow of a request.", 1),
        ("The command ______ shows where you are, and ______ moves you.", 2),
        ("My goal for this week is ..........................", 1),
        ("Name: ……………………\nTeam: ……………………", 2),
        ("**Owner:** [name]\n\n**Due:** [date]", 2),
        ("Owner: ________\nDue: ________", 2),
        (
            "Decide whether each statement is true or false.\n\n1. Clay shrinks when it dries.\n2. Glaze is glass.\n3. A kiln is cold.",
            3,
        ),
        ("Match each tool to its use.\n\n| Tool | Use |\n|---|---|\n| grep |  |\n| sort |  |", 2),
        (
            "Rank these from most to least risky:\n\n- Deleting a branch\n- Force-pushing\n- Renaming a file",
            3,
        ),
        ("Which command lists files?\n\na) `ls`\nb) `cd`\nc) `rm`", 3),
        ("Which command lists files?\n\n- `ls`\n- `cd`\n- `rm`", 3),
        ("For each of your three users, note a need and a fear.", 9),
        ("For each stakeholder, note:\n\n- what they want\n- what they fear", 12),
        (
            "1. Open `index.html`.\n2. Add this line:\n\n   ```html\n   <p>Hi</p>\n   ```\n3. Save and reload the page.",
            0,
        ),
        ("Create a file called `notes.txt` with three lines.", 0),
        ("Write a function that returns the sum of two numbers.", 0),
        ("Write a program that prints the first ten squares.", 0),
        ("Write a loop that renames all `.txt` files.", 0),
        ("Write one sentence that says what your product does.", 1),
        ("Reflect on your last project. Where did you lose time?", 1),
        ("Discuss in groups of four:\n\n- Who decides?\n- Who pays?", 2),
        (
            "Do the following:\n\n- Open the terminal\n- Go to the folder `data`\n- Delete the file `old.csv`",
            0,
        ),
        ("Compare the two outputs. What is different?", 1),
        ("Draw the state of the stack after each call.", 1),
        ("Before you run it, predict the output of:\n\n```python\nprint(2 * '3')\n```", 1),
        ("Explain what this command does:\n\n```bash\nsort -n | head\n```", 1),
        ("Fix the error in the code below.\n\n```python\nprint('a'\n```", 0),
        ("Brainstorm as many uses for a brick as you can (2 min).", 1),
        ("Complete the sentence: As a ______, I want ______, so that ______.", 3),
        ("Tick what applies:\n\n- [ ] I have a plan\n- [ ] I have a budget", 2),
        ("On a scale of 1 to 5, how sure are you?", 1),
        ("| Week | What I did | What I learnt |\n|---|---|---|\n| 1 | | |\n| 2 | | |", 4),
        (
            "| Risk | Mitigation |\n|---|---|\n| [risk] | [mitigation] |\n| [risk] | [mitigation] |",
            4,
        ),
        ("Look at the chart on page 3 and write down two things that it hides.", 1),
        ("Read the case, then answer:\n\n1. Who is the customer\n2. What does she need", 2),
        ("Your turn: rewrite the heading so that it says what the page is for.", 1),
        ("Calculate the margin for a price of 40 and a cost of 25.", 1),
        ("Install the package and check the version:\n\n```bash\npip install x\n```", 0),
        ("Share your screen and show the others your page.", 0),
        ("Prepare a two-minute pitch.", 1),
        (
            "Identify at least two assumptions in the plan below.\n\n> We ship in May and everyone upgrades.",
            1,
        ),
        (
            "**Step 1:** Pick a product you use daily.\n\n**Step 2:** List three features.\n\n**Step 3:** Which one would you drop?",
            2,
        ),
        ("| Strengths | Weaknesses |\n|---|---|\n| | |", 2),
        (
            "1. What is a branch?\n   - A copy\n   - A line of work\n   - A server\n2. What is a merge?\n   - A join\n   - A cut",
            5,
        ),
        ("Write a short e-mail to the customer that explains the delay.", 1),
        ("Create a persona for your product: name, age, job, needs.", 1),
        ("Make a list of everything that must happen before launch.", 1),
        ("Create a bar chart of the sales in a spreadsheet.", 0),
        ("Read pages 10 to 14.", 0),
        ("Watch the video (https://example.org).", 0),
        ("Change the colour of the button to green.", 0),
        ("Explore the menu for five minutes.", 0),
        ("Come up with three names for the team.", 1),
        ("Think of a time when feedback helped you. What did the person say?", 1),
        ("Jot down your answer before you turn the page.", 1),
        ("Interview your partner and take notes.", 1),
        ("Three words that describe our team:\n\n1. \n2. \n3. ", 3),
        ("Please describe the problem in your own words.", 1),
        ("You should now be able to describe the water cycle.", 0),
        ("Can you name the five stages?", 1),
        ("Try to explain recursion to a child.", 1),
        ("On paper, sketch the page.", 1),
        ("Individually (3 min): note what you would keep.", 1),
        ("Assign roles: reader, writer, timekeeper.", 0),
        ("Most teams plan, estimate and record their work in one place.", 0),
        ("Note that the kiln stays hot for a day.", 0),
        ("List the files in the folder and delete the largest.", 0),
        ("Name the branch `fix-title`.", 0),
        ("Use `grep` to find every line that holds the word.", 0),
        ("Open the settings, choose a theme and restart.", 0),
        ("Record your screen while you do it.", 0),
        ("Compare the two files with `diff`.", 0),
        ("Estimates are often wrong; that is fine.", 0),
        ("In the next step, the server will describe itself as ready.", 0),
        ("Write a unit test for the function.", 0),
        ("Define a variable `x` and print it.", 0),
        ("Add a column `total` to the table.", 0),
        ("You will compare your results at the end.", 0),
        ("Go to the next page and read the text.", 0),
        ("Suggested time: ten minutes.", 0),
        ("Spend two minutes listing what you know already.", 0),
        ("Alone, note what went well this week.", 1),
        ("Now swap with your neighbour and summarise what they wrote.", 1),
        ("After the film, describe the scene that stayed with you.", 1),
        ("Choose one tool and justify your choice.", 1),
        ("Write a haiku about your commute.", 1),
        ("Formulate a hypothesis for the drop in sales.", 1),
        ("Pick a stakeholder and predict how they will react.", 1),
        ("Give an example of a loop from daily life.", 1),
        ("Classify the animals below by diet.", 1),
        ("Using the data above, calculate the mean.", 1),
        ("As a group, agree on a name and write it here: ______", 1),
        ("Q1: What is a kiln?\n\nQ2: What is a glaze?", 2),
        ("**Question 1.** What is a kiln?", 1),
        ("**Task:** Describe your ideal customer.", 1),
        ("- What is the cause?\n- What is the effect?", 2),
        ("Translate into French:\n\n1. The door is open.\n2. The window is shut.", 2),
        ("Correct the sentences:\n\n- He go home.\n- She have a cat.", 2),
        ("| Term | Your definition |\n|---|---|\n| clay | |\n| slip | |", 2),
        ("Circle the odd one out:\n\n- cat\n- dog\n- car", 3),
        ("Draw a line from each word to its picture.", 1),
        ("My three goals:\n\n1. ______\n2. ______\n3. ______", 3),
        ("Date: ____ Place: ____", 2),
        ("Imagine you are the customer. Write down what you would say.", 1),
        ("How would you explain this to a child? Write two sentences.", 1),
        ("What does this print?\n\n```python\nprint(1+1)\n```", 1),
        ("Annotate the code below: say what each line does.\n\n```python\nx = 1\n```", 1),
        ("Fill in the table.\n\n| | Pro | Con |\n|---|---|---|\n| A | | |\n| B | | |", 4),
        ("> **Your notes:**", 1),
        ("Answer these:\n\n1. Which is largest\n2. Which is oldest", 2),
        ("Discuss: why do teams skip tests?", 1),
        ("Together, agree three rules for the team and write them down.", 1),
    ],
)
def test_places_to_write_are_those_that_a_reader_counts(body: str, count: int) -> None:
    assert fields(body) - BARE == count
