"""Next-hop tables beside shortest ways found by trial."""

import math

import numpy as np
import pytest

from hostcity.engines.day._kernels import routes
from hostcity.engines.day.network import build_network, free_costs
from hostcity.engines.day.population import destinations
from tests.engines.day.mazes import maze
from tests.fairs import small_fair
from tests.naive import routes as naive


def table_and_truth(plan, *, step_free, spread_s):
    network = build_network(plan, destinations(plan))
    net = network.net
    draw = np.random.default_rng(1)
    cost = free_costs(net) * draw.uniform(0.5, 2.0, 2 * net.start.size)
    may_use = np.repeat(net.step_free if step_free else np.ones(net.start.size, np.uint8), 2)
    nodes, dests = net.first_out.size - 1, net.dest_node.size
    table = np.empty((nodes, dests), np.uint16)
    walk_s = np.empty((dests, nodes), np.float32)
    routes.fill_table(net, cost, may_use, spread_s, table, walk_s)
    ends = {int(along): (int(net.end[along >> 1]), int(net.start[along >> 1]))[along & 1] for along in net.out}
    ways = [
        (node, ends[int(along)], float(cost[along]))
        for node in range(nodes)
        for along in net.out[net.first_out[node] : net.first_out[node + 1]]
        if may_use[along]
    ]
    truth = [naive.distances(nodes, ways, int(dest)) for dest in net.dest_node]
    return net, cost, may_use, table, walk_s, truth, ends


@pytest.mark.parametrize("step_free", [False, True])
@pytest.mark.parametrize("plan", [small_fair(), maze(13), maze(28)], ids=["fair", "maze", "large maze"])
def test_every_entry_is_a_best_way_and_a_second_one_that_leads_closer(plan, step_free):
    spread_s = 10.0
    net, cost, may_use, table, walk_s, truth, ends = table_and_truth(plan, step_free=step_free, spread_s=spread_s)
    seconds = 0
    for d, dest in enumerate(net.dest_node):
        np.testing.assert_allclose(np.where(walk_s[d] < 1e9, walk_s[d], np.inf), truth[d], rtol=1e-6)
        for node in range(table.shape[0]):
            entry = int(table[node, d])
            best, second, share = entry & 31, entry >> 5 & 31, entry >> 10
            if node == dest:
                continue
            if math.isinf(truth[d][node]):
                assert best == routes.NO_WAY
                continue
            out = [int(along) for along in net.out[net.first_out[node] : net.first_out[node + 1]]]
            total = [cost[along] + truth[d][ends[along]] if may_use[along] else math.inf for along in out]
            assert total[best] == pytest.approx(min(total))
            if share:
                seconds += 1
                assert second != best
                assert truth[d][ends[out[second]]] < truth[d][node]
                logit = 1.0 / (1.0 + math.exp((total[second] - total[best]) / spread_s))
                assert share == pytest.approx(64 * logit, abs=1.0)
    assert seconds > 0 or (step_free and len(plan.links) == 11)  # without stairs the fair is a tree


def test_who_cannot_take_stairs_is_told_another_way_or_none():
    net, _, may_use, table, _, truth, _ = table_and_truth(small_fair(), step_free=True, spread_s=10.0)
    assert (may_use == 0).sum() == 2
    stairs = int(np.flatnonzero(may_use == 0)[0]) >> 1
    for node in range(table.shape[0]):
        for d in range(table.shape[1]):
            assert math.isfinite(truth[d][node])
            for place, taken in ((table[node, d] & 31, True), (table[node, d] >> 5 & 31, table[node, d] >> 10 > 0)):
                if taken and node != net.dest_node[d]:
                    assert net.out[net.first_out[node] + place] >> 1 != stairs
