"""One child on a screen: what is due, soonest first, with colours and reasons."""

from pathlib import Path

from csc_measures import Dataset, Plan

data = Dataset.read(Path(__file__).parents[1] / "data" / "sample-authority")
child = data.person("P000165", "2017-03-31")
plan = Plan.worcestershire_2017()

cohorts = ", ".join(f"{one['cohort']} since {one['since']}" for one in child.cohorts)
print(f"{child.id}, aged {child.age}, {cohorts}; worker {child.worker} of {child.team}")
for owed in child.obligations:
    left = owed["days_left"] if owed["days_over"] is None else -owed["days_over"]
    print(f"  {owed['rag']:6} {owed['clock']:12} due {owed['due']}  {left:4} {owed['unit'].replace('_', ' ')}")
    print(f"         {plan[owed['measure']].title}")
