"""Rosters by trying everything: all plans of a person, all plans of all people."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np

DAY_S = 86_400


def plans_of(problem, people):
    """All plans that people who serve side by side may have, each a dict from (day, shift) to post."""
    _, days, shifts, posts = problem.shape
    found = [{}]
    for day in range(days):
        today = [{}]
        for many in range(1, problem.rules.shifts_a_day + 1):
            for served in combinations(range(shifts), many):
                slots = [(day, shift) for shift in served]
                today += [dict(zip(slots, places, strict=True)) for places in product(range(posts), repeat=many)]
        found = [{**plan, **more} for plan in found for more in today]
    return [plan for plan in found if all(is_allowed(problem, person, plan) for person in people)]


def is_allowed(problem, person, plan) -> bool:
    """Whether a person may have this plan."""
    rules, people = problem.rules, problem.people
    served = sorted(plan)
    for day, shift in served:
        post = plan[day, shift]
        if not (
            people.is_trained[person, post] and people.is_free[person, day, shift] and problem.is_open[day, shift, post]
        ):
            return False
        if people.is_minor[person] and (
            rules.starts_s[shift] < rules.minors_start_s or rules.ends_s[shift] > rules.minors_end_s
        ):
            return False
    if len(served) > people.most_shifts[person]:
        return False
    for (day, shift), (other_day, other) in combinations(served, 2):
        if day == other_day and rules.starts_s[other] < rules.ends_s[shift]:
            return False
        rests = rules.starts_s[other] + DAY_S - rules.ends_s[shift] >= rules.rest_s
        if other_day == day + 1 and not (rests and (shift, other) not in rules.forbidden):
            return False
    for lock in problem.locks:
        if lock.person == person and plan.get((lock.day, lock.shift), -1) != lock.post:
            return False
    return are_hours_kept(problem, person, served)


def are_hours_kept(problem, person, served) -> bool:
    """Of days, rows of days and windows."""
    rules = problem.rules
    worked_s = [0] * problem.shape[1]
    for day, shift in served:
        worked_s[day] += int(rules.ends_s[shift] - rules.starts_s[shift])
    most_s = min(rules.most_a_day_s, rules.minors_a_day_s) if problem.people.is_minor[person] else rules.most_a_day_s
    if max(worked_s) > most_s:
        return False
    running = 0
    for day, seconds in enumerate(worked_s):
        running = running + 1 if seconds else 0
        if rules.most_days_running is not None and running > rules.most_days_running:
            return False
        window_s = sum(worked_s[max(0, day - rules.window_days + 1) : day + 1])
        if rules.most_in_window_s is not None and window_s > rules.most_in_window_s:
            return False
    return True


def cost(problem, homes, person, plan) -> float:
    """What a person's plan costs, shortage left out."""
    weights, people = problem.weights, problem.people
    total, last = 0.0, None
    for day, shift in sorted(plan):
        post = plan[day, shift]
        total += people.shift_cost[person, day, shift] + people.post_cost[person, post]
        total += weights.change if last not in (None, post) else 0.0
        last = post
        if post == homes.post[person]:
            in_half = problem.half_of[shift] == homes.half[person]
            total += 0.0 if in_half else weights.home_half
        else:
            total += weights.home
    target = int(people.target[person])
    return total + weights.home * (target - len(plan)) + weights.fairness * (len(plan) - target) ** 2


def paid(problem, price, person, plan) -> float:
    """What prices ``[L, D, S, P]`` pay for a plan."""
    total = 0.0
    for (day, shift), post in plan.items():
        for line in range(price.shape[0]):
            trait = problem.posts.trait[line, post]
            if line == 0 or (trait >= 0 and problem.people.has[person, trait]):
                total += problem.people.attends[person] * price[line, day, shift, post]
    return total


def least_value(problem, homes, people, price) -> float:
    """Of all plans of a unit at prices."""
    return min(
        sum(cost(problem, homes, person, plan) - paid(problem, price, person, plan) for person in people)
        for plan in plans_of(problem, people)
    )


def post_of(problem, plans):
    """Plans of all people as one array."""
    found = np.full((problem.people.count, *problem.people.is_free.shape[1:]), -1)
    for person, plan in enumerate(plans):
        for (day, shift), post in plan.items():
            found[person, day, shift] = post
    return found


def harm(problem, plans, expected) -> float:
    """Weighted shortage, each cell and line on its own; ``expected(needed, load)`` is one line's."""
    _, days, shifts, posts = problem.shape
    total = 0.0
    for line, day, shift, post in product(range(len(problem.posts.needed)), range(days), range(shifts), range(posts)):
        trait = problem.posts.trait[line, post]
        needed = int(problem.posts.needed[line, day, shift, post])
        if needed == 0 or not problem.is_open[day, shift, post] or (line > 0 and trait < 0):
            continue
        load = sum(
            problem.people.attends[person]
            for person, plan in enumerate(plans)
            if plan.get((day, shift), -1) == post and (line == 0 or problem.people.has[person, trait])
        )
        total += problem.posts.weight[line, post] * expected(needed, load)
    return total


def best(problem, homes, expected) -> float:
    """The least objective of all rosters."""
    groups = {person: group for group in problem.together for person in group}
    units = [groups.get(person, (person,)) for person in range(problem.people.count)]
    units = [unit for person, unit in enumerate(units) if unit[0] == person]
    least = np.inf
    for choice in product(*(plans_of(problem, unit) for unit in units)):
        plans = [{} for _ in range(problem.people.count)]
        for unit, plan in zip(units, choice, strict=True):
            for person in unit:
                plans[person] = plan
        if any(set(plans[one].items()) & set(plans[other].items()) for one, other in problem.apart):
            continue
        total = sum(cost(problem, homes, person, plan) for person, plan in enumerate(plans))
        if total < least:
            least = min(least, total + harm(problem, plans, expected))
    return least


def missing(needed, rates) -> tuple[float, float]:
    """P(short) and E[missing]: every subset of those who may come."""
    short = lacks = 0.0
    for comes in product((0, 1), repeat=len(rates)):
        probability = np.prod([rate if come else 1 - rate for come, rate in zip(comes, rates, strict=True)])
        short += probability * (sum(comes) < needed)
        lacks += probability * max(0, needed - sum(comes))
    return short, lacks
