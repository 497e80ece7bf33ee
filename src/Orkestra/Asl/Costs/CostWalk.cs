using Orkestra.Expressions.Data;

namespace Orkestra.Asl.Costs;

/// <summary>Goes through all paths of a graph, up to a limit.</summary>
internal sealed class CostWalk(CostOptions options)
{
    // Paths double with each Choice; more than these say nothing to anyone.
    const int MostPaths = 10_000;

    sealed record Part(long Transitions, long LambdaCalls, TimeSpan Duration)
    {
        public static readonly Part None = new(0, 0, TimeSpan.Zero);

        public Part Plus(Part other) => new(Transitions + other.Transitions, LambdaCalls + other.LambdaCalls, Duration + other.Duration);
    }

    // What is inside of a Map or Parallel state does not depend on the way to it.
    readonly Dictionary<State, Part> known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether there were more paths than were looked at.</summary>
    public bool IsCut { get; private set; }

    public IReadOnlyList<PathCost> PathsOf(StateGraph graph)
    {
        var paths = new List<PathCost>();
        if (graph.StartAt is not { } start) return paths;
        // Each entry is a way to a state, as a list from its last state back to the first.
        var pending = new Stack<Way>([new Way(start, null)]);
        while (pending.TryPop(out var way))
        {
            if (paths.Count == MostPaths)
            {
                IsCut = true;
                break;
            }

            if (!graph.States.TryGetValue(way.State, out var state)) continue;
            var next = StateTransitions.NextOf(state).Distinct(StringComparer.Ordinal).ToList();
            var goesOn = false;
            foreach (var target in Enumerable.Reverse(next))
            {
                if (way.Contains(target)) continue;
                goesOn = true;
                pending.Push(new Way(target, way));
            }

            // A state that only leads back ends the path, too.
            if (!goesOn) paths.Add(Cost(graph, way, next.Count > 0));
        }

        return paths;
    }

    PathCost Cost(StateGraph graph, Way way, bool loops)
    {
        var states = way.ToList();
        var sum = states.Aggregate(Part.None, (part, name) => part.Plus(Of(graph.States[name])));
        return new(states, sum.Transitions, sum.LambdaCalls, sum.Duration, loops);
    }

    Part Of(State state)
    {
        if (known.TryGetValue(state, out var part)) return part;
        part = state switch
        {
            TaskState task => new(1, IsLambda(task.Resource) ? 1 : 0, options.TaskDuration),
            WaitState { Seconds: JsonNumber seconds } => new(1, 0, TimeSpan.FromSeconds(Math.Min((double)seconds.Value, TimeSpan.FromDays(366).TotalSeconds))),
            ParallelState parallel => Together(parallel.Branches.Select(branch => Longest(branch))),
            MapState { Processor: { } processor } => Each(Longest(processor)),
            _ => new(1, 0, TimeSpan.Zero),
        };
        known.Add(state, part);
        return part;
    }

    static Part Together(IEnumerable<Part> branches)
    {
        var sum = new Part(1, 0, TimeSpan.Zero);
        foreach (var branch in branches)
            sum = new(sum.Transitions + branch.Transitions, sum.LambdaCalls + branch.LambdaCalls, branch.Duration > sum.Duration ? branch.Duration : sum.Duration);
        return sum;
    }

    // Items run at the same time.
    Part Each(Part item) => new(1 + (options.Items * item.Transitions), options.Items * item.LambdaCalls, options.Items > 0 ? item.Duration : TimeSpan.Zero);

    Part Longest(StateGraph graph) =>
        PathsOf(graph).OrderByDescending(path => path.Transitions).Select(path => new Part(path.Transitions, path.LambdaCalls, path.Duration)).FirstOrDefault() ?? Part.None;

    static bool IsLambda(string? resource) =>
        resource is not null && (resource.Contains(":::lambda:invoke", StringComparison.Ordinal) || resource.Contains(":lambda:", StringComparison.Ordinal) || resource.Contains(":::aws-sdk:lambda:invoke", StringComparison.Ordinal));

    sealed class Way(string state, Way? before)
    {
        public string State => state;

        public bool Contains(string name)
        {
            for (var way = this; way is not null; way = way.Before)
            {
                if (way.State == name) return true;
            }

            return false;
        }

        public List<string> ToList()
        {
            var states = new List<string>();
            for (var way = this; way is not null; way = way.Before) states.Add(way.State);
            states.Reverse();
            return states;
        }

        Way? Before => before;
    }
}

/// <summary>What an Express state machine cannot have.</summary>
internal static class ExpressLimits
{
    public static string? Problem(StateGraph graph) => graph.States.Select(state => Problem(state.Key, state.Value)).FirstOrDefault(problem => problem is not null);

    static string? Problem(string name, State state) => state switch
    {
        TaskState { Resource: { } resource } when resource.Contains(":activity:", StringComparison.Ordinal) => $"'{name}' is an activity",
        TaskState { Resource: { } resource } when resource.EndsWith(".waitForTaskToken", StringComparison.Ordinal) => $"'{name}' waits for a task token",
        TaskState { Resource: { } resource } when resource.Contains(".sync", StringComparison.Ordinal) => $"'{name}' waits for a job",
        MapState { Processor.ProcessorConfig.IsDistributed: true } => $"'{name}' is a distributed Map",
        MapState { Processor: { } processor } => Problem(processor),
        ParallelState parallel => parallel.Branches.Select(branch => Problem(branch)).FirstOrDefault(problem => problem is not null),
        WaitState { Seconds: JsonNumber seconds } when seconds.Value > 300 => $"'{name}' waits longer than the five minutes that such an execution has",
        _ => null,
    };
}
