using System.Runtime.CompilerServices;
using Orkestra.Asl;
using Orkestra.Engine.Nodes;

namespace Orkestra.Engine.Planning;

/// <summary>Turns a document into a plan, graph by graph: first every state of a graph becomes a node, then names become references to nodes.</summary>
internal sealed class PlanCompiler(StateMachine machine)
{
    readonly List<StateNode> all = [];

    internal ExecutionPlan Compile()
    {
        try
        {
            var root = CompileGraph(machine, "the state machine");
            return new ExecutionPlan(machine, root, [.. all]);
        }
        catch (InsufficientExecutionStackException problem)
        {
            throw new InvalidStateMachineException("The state machine nests too deep.", problem);
        }
    }

    GraphNode CompileGraph(StateGraph graph, string where)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var nodes = new Dictionary<string, StateNode>(graph.States.Count, StringComparer.Ordinal);
        foreach (var (name, state) in graph.States)
        {
            var node = CompileState(name, state, state.QueryLanguage ?? machine.QueryLanguage ?? QueryLanguage.JSONPath);
            nodes.Add(name, node);
            all.Add(node);
        }

        foreach (var (name, state) in graph.States) Link(name, state, nodes);
        return new GraphNode { Start = Find(nodes, graph.StartAt, $"StartAt of {where}") };
    }

    StateNode CompileState(string name, State state, QueryLanguage language)
    {
        var fields = new StateFields(name, language);
        return state switch
        {
            PassState pass => new PassNode(name)
            {
                Flow = fields.Flow(pass, pass.ResultPath),
                Result = pass.Result,
                Parameters = fields.Payload(pass.Parameters, "Parameters"),
            },
            SucceedState succeed => new SucceedNode(name) { Flow = fields.Flow(succeed) },
            FailState fail => new FailNode(name)
            {
                Flow = fields.Flow(fail),
                Error = fields.TextOrPath(fail.Error, fail.ErrorPath, "Error"),
                Cause = fields.TextOrPath(fail.Cause, fail.CausePath, "Cause"),
            },
            WaitState wait => new WaitNode(name) { Flow = fields.Flow(wait), Delay = fields.Delay(wait) },
            ChoiceState choice => new ChoiceNode(name) { Flow = fields.Flow(choice), Branches = fields.Branches(choice) },
            TaskState task => CompileTask(fields, task),
            ParallelState parallel => CompileParallel(fields, parallel),
            MapState map => CompileMap(fields, map),
            _ => throw new InvalidStateMachineException($"The state '{name}' has no type the engine knows."),
        };
    }

    static TaskNode CompileTask(StateFields fields, TaskState task)
    {
        var resource = task.Resource ?? throw new InvalidStateMachineException($"The state '{fields.Name}' has no Resource.");
        return new TaskNode(fields.Name, TaskResource.Parse(resource))
        {
            Flow = fields.Flow(task, task.ResultPath, task.ResultSelector),
            Arguments = fields.Arguments(task.Arguments, task.Parameters),
            Credentials = fields.Payload(task.Credentials, "Credentials") ?? fields.Jsonata(task.Credentials, "Credentials"),
            Timeout = fields.Number(task.TimeoutSeconds, task.TimeoutSecondsPath, "TimeoutSeconds"),
            Heartbeat = fields.Number(task.HeartbeatSeconds, task.HeartbeatSecondsPath, "HeartbeatSeconds"),
            Retriers = StateFields.Retriers(task.Retry),
            Catchers = fields.Catchers(task.Catch),
        };
    }

    ParallelNode CompileParallel(StateFields fields, ParallelState parallel)
    {
        var branches = new GraphNode[parallel.Branches.Count];
        if (branches.Length == 0) throw new InvalidStateMachineException($"The state '{fields.Name}' has no Branches.");
        var node = new ParallelNode(fields.Name)
        {
            Flow = fields.Flow(parallel, parallel.ResultPath, parallel.ResultSelector),
            Arguments = fields.Arguments(parallel.Arguments, parallel.Parameters),
            Retriers = StateFields.Retriers(parallel.Retry),
            Catchers = fields.Catchers(parallel.Catch),
            Branches = branches,
        };
        for (var i = 0; i < branches.Length; i++)
            branches[i] = CompileGraph(parallel.Branches[i], $"branch {i} of '{fields.Name}'");
        return node;
    }

    MapNode CompileMap(StateFields fields, MapState map)
    {
        var processor = map.Processor ?? throw new InvalidStateMachineException($"The state '{fields.Name}' has no ItemProcessor.");
        var graph = CompileGraph(processor, $"the ItemProcessor of '{fields.Name}'");
        var distributed = processor.ProcessorConfig is { IsDistributed: true } ? fields.Distributed(map, processor) : null;
        if (distributed is not null) distributed.ChildPlan = new ExecutionPlan(machine with { TimeoutSeconds = null }, graph, []);
        return new MapNode(fields.Name)
        {
            Flow = fields.Flow(map, map.ResultPath, map.ResultSelector),
            Items = fields.Items(map, distributed is not null),
            ItemSelector = fields.ItemSelector(map),
            MaxConcurrency = fields.Number(map.MaxConcurrency, map.MaxConcurrencyPath, "MaxConcurrency"),
            Retriers = StateFields.Retriers(map.Retry),
            Catchers = fields.Catchers(map.Catch),
            Distributed = distributed,
            Graph = graph,
        };
    }

    static void Link(string name, State state, Dictionary<string, StateNode> nodes)
    {
        var node = nodes[name];
        if (state is ChoiceState choice)
        {
            var choiceNode = (ChoiceNode)node;
            for (var i = 0; i < choiceNode.Branches.Length; i++)
                choiceNode.Branches[i].Next = Find(nodes, choice.Choices[i].Next, $"Next of choice {i} of '{name}'");
            if (choice.Default is not null) choiceNode.Default = Find(nodes, choice.Default, $"Default of '{name}'");
            return;
        }

        if (state.Next is not null) node.Next = Find(nodes, state.Next, $"Next of '{name}'");
        else if (state.End != true && state is not (SucceedState or FailState)) throw new InvalidStateMachineException($"The state '{name}' has neither Next nor End.");
        if (node is not FallibleNode fallible) return;
        var catchers = ((FallibleState)state).Catch;
        for (var i = 0; i < fallible.Catchers.Length; i++) fallible.Catchers[i].Next = Find(nodes, catchers[i].Next, $"Next of catcher {i} of '{name}'");
    }

    static StateNode Find(Dictionary<string, StateNode> nodes, string? name, string where)
    {
        if (name is null) throw new InvalidStateMachineException($"There is no {where}.");
        return nodes.TryGetValue(name, out var node) ? node : throw new InvalidStateMachineException($"{where} names the state '{name}', which is not there.");
    }
}
