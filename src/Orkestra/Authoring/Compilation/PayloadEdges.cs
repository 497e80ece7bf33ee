using System.Linq.Expressions;
using System.Text.Json.Serialization.Metadata;
using Orkestra.Authoring.Lowering.Metadata;
using Orkestra.Authoring.Nodes;
using Orkestra.Authoring.Payloads;
using Orkestra.Authoring.Queries;

namespace Orkestra.Authoring.Compilation;

/// <summary>Follows the payload through a flow and checks at each step that what comes is what the step reads.</summary>
internal sealed class PayloadEdges(PayloadSerializer serializer)
{
    /// <summary>A payload, and what writes it, for messages.</summary>
    sealed record Written(PayloadShape? Shape, string Writer)
    {
        /// <summary>The step that gives it.</summary>
        public IStep? Step { get; init; }
    }

    // What the ends before the last one write, for each scope around: a branch, an element of a map, a Try, the workflow.
    readonly Stack<List<Written>> ends = new([[]]);

    static readonly Written[] Failures = [new(new PayloadShape.Of(typeof(Failure)), "Catch")];

    /// <summary>Checks a workflow from its input to its output.</summary>
    /// <exception cref="WorkflowException">A payload doesn't fit the type that reads it.</exception>
    public void Check(Workflow workflow, FlowNode root)
    {
        var output = Follow(root, [new(new PayloadShape.Of(workflow.InputType), $"the input of {workflow.Name}")]);
        Check([.. output, .. ends.Peek()], workflow.OutputType, $"The workflow {workflow.Name} gives", "override TolerantReaders in the workflow");
    }

    /// <summary>Checks a flow whose input isn't known.</summary>
    /// <exception cref="WorkflowException">A payload doesn't fit the type that reads it.</exception>
    public void Check(FlowNode root) => Follow(root, []);

    // A flow with several ends has several payloads, each of which the next step must read. None means that nothing is known.
    IReadOnlyList<Written> Follow(FlowNode node, IReadOnlyList<Written> input) => node switch
    {
        StepFlowNode { Step: var step } => Step(step, input),
        ServiceFlowNode { PassesInput: true } => input,
        ServiceFlowNode service => [new(new PayloadShape.Of(service.Result?.ReturnType ?? service.Answer), service.ToString())],
        CallbackFlowNode callback => Callback(callback, input),
        NestedFlowNode nested => Nested(nested, input),
        SequenceFlowNode sequence => Sequence(sequence.Flatten(), input),
        IdentityFlowNode or WaitFlowNode => input,
        SelectFlowNode select => Select(select),
        WhenFlowNode branching => [.. Follow(branching.Then, input), .. Follow(branching.Otherwise, input)],
        SwitchFlowNode branching => Switch(branching, input),
        SucceedFlowNode => Succeed(input),
        MapFlowNode { Dataset: { } dataset } map => Dataset(map, dataset),
        MapFlowNode map => [.. Scope(map.Body, [.. input.Select(written => Element(map, written))]).Select(static written => written with { Shape = new PayloadShape.ArrayOf(written.Shape) })],
        CaptureFlowNode capture => [.. Guarded(capture.Body, input).Select(static written => written with { Shape = new PayloadShape.OutcomeOf(written.Shape) })],
        GuardFlowNode guard => Guard(guard, input),
        FinallyFlowNode { Body: var body, Last: var last } => Finally(body, last, input),
        CompensateFlowNode compensated => Compensate(compensated, input),
        ParallelFlowNode { Kind: ParallelKind.One } alone => Scope(alone.Branches[0], input),
        ParallelFlowNode parallel => Parallel(parallel, input),
        RepeatFlowNode repeat => Repeat(repeat, input),
        QueryNode query => Query(query, input),
        _ => [],
    };

    IReadOnlyList<Written> Sequence(IReadOnlyList<FlowNode> parts, IReadOnlyList<Written> input)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            if (i > 0 && parts[i] is SelectFlowNode select && parts[i - 1] is CaptureFlowNode capture) UncheckedValue.Check(capture, select);
            input = Follow(parts[i], input);
        }

        return input;
    }

    // A part that ends on its own: its early ends are its outputs as well.
    IReadOnlyList<Written> Scope(FlowNode node, IReadOnlyList<Written> input)
    {
        ends.Push([]);
        var output = Follow(node, input);
        return [.. output, .. ends.Pop()];
    }

    // Several states that are guarded together are a part of their own.
    IReadOnlyList<Written> Guarded(FlowNode node, IReadOnlyList<Written> input) => GuardCompiler.IsFallible(node) ? Follow(node, input) : Scope(node, input);

    IReadOnlyList<Written> Succeed(IReadOnlyList<Written> input)
    {
        ends.Peek().AddRange(input);
        return [];
    }

    Written[] Step(IStep step, IReadOnlyList<Written> input)
    {
        if (!step.Metadata.ReadsTolerantly && !step.Metadata.OpensEnvelope) Check(input, step.Metadata.InputType, $"Step '{step.Metadata.Name}' reads", $"set TolerantReader on '{step.Metadata.Name}'");
        if (step.Metadata is { OpensEnvelope: true, ReadsTolerantly: false } && input.Select(static written => written.Step).FirstOrDefault(static before => before is not null && !Types.IsUntyped(before.Metadata.OutputType)) is { } writer)
            throw new WorkflowException($"Step '{step.Metadata.Name}' has an Envelope, but its payload comes from step '{writer.Metadata.Name}', which gives {TypeName.Of(writer.Metadata.OutputType)} and not the event of a service. Remove the Envelope, or begin the workflow with '{step.Metadata.Name}'.");
        return [new(new PayloadShape.Of(step.Metadata.OutputType), $"step '{step.Metadata.Name}'") { Step = step }];
    }

    Written[] Callback(CallbackFlowNode node, IReadOnlyList<Written> input)
    {
        Step(node.Step, input);
        return [new(new PayloadShape.Of(node.Reply), $"the reply to '{node.Label}'")];
    }

    Written[] Nested(NestedFlowNode node, IReadOnlyList<Written> input)
    {
        var workflow = node.Workflow;
        if (!workflow.TolerantReaders) Check(input, workflow.InputType, $"Workflow '{workflow.Name}' reads", $"override TolerantReaders in {workflow.Name}");
        return [new(new PayloadShape.Of(node.Waits ? workflow.OutputType : typeof(string)), $"workflow '{workflow.Name}'")];
    }

    void Check(IReadOnlyList<Written> written, Type read, string reader, string tolerate)
    {
        foreach (var (shape, writer) in written)
        {
            if (new PayloadComparison(serializer.Options).Difference(shape, read) is not { } difference) continue;
            throw new WorkflowException($"{reader} {TypeName.Of(read)}, but the payload from {writer} doesn't fit: {difference} To accept the difference, {tolerate}.");
        }
    }

    // The case of a type is only given payloads of that type.
    IReadOnlyList<Written> Switch(SwitchFlowNode node, IReadOnlyList<Written> input) =>
    [
        .. node.Cases.SelectMany(one => Follow(one.Flow, one.Type is { } type && type != node.Subject.Type ? [new(new PayloadShape.Of(type), $"case {TypeName.Of(type)}")] : input)),
        .. node.Otherwise is { } otherwise ? Follow(otherwise, input) : [],
    ];

    IReadOnlyList<Written> Dataset(MapFlowNode map, MapDataset dataset)
    {
        var output = Scope(map.Body, [new(new PayloadShape.Of(dataset.Item), "the dataset")]);
        return dataset.Results is null
            ? [.. output.Select(static written => written with { Shape = new PayloadShape.ArrayOf(written.Shape) })]
            : [new(new PayloadShape.Of(typeof(Datasets.MapRunResult)), $"'{map.Label}'")];
    }

    // What needs expression trees has a method of its own: a workflow without expressions does not load them.
    static Written[] Select(SelectFlowNode select) =>
        [new(new PayloadShape.Of(select.Selector.ReturnType) { IsExact = Lowering.Lowerer.Stripped(select.Selector.Body) is NewExpression or MemberInitExpression }, select.ToString())];

    Written[] Query(QueryNode query, IReadOnlyList<Written> input)
    {
        Follow(query.Start, input);
        foreach (var clause in query.Clauses)
        {
            if (clause.Flow is { } flow) Follow(flow, clause.Value is { } value ? Given(value) : []);
        }

        return [new(new PayloadShape.Of(query.Result.Type), $"select {query.Result}")];
    }

    IReadOnlyList<Written> Guard(GuardFlowNode guard, IReadOnlyList<Written> input)
    {
        var output = Guarded(guard.Body, input);
        return [.. output, .. guard.Catches.SelectMany(caught => Follow(caught.Handler, caught.Input is { } given ? Given(given.Value) : caught.WithInput ? [] : Failures))];
    }

    IReadOnlyList<Written> Finally(FlowNode body, FlowNode last, IReadOnlyList<Written> input)
    {
        Follow(last, input);
        return Guarded(body, input);
    }

    IReadOnlyList<Written> Compensate(CompensateFlowNode node, IReadOnlyList<Written> input)
    {
        var output = Guarded(node.Body, input);
        Scope(node.Compensation, node.Input is { } given ? Given(given.Value) : output);
        return output;
    }

    static Written[] Given(System.Linq.Expressions.Expression value) => [new(new PayloadShape.Of(value.Type), $"With({value})")];

    IReadOnlyList<Written> Repeat(RepeatFlowNode repeat, IReadOnlyList<Written> input)
    {
        var output = Follow(repeat.Body, input);
        if (repeat.Rule.Kind != RepeatKind.Poll) Follow(repeat.Body, output);
        return output;
    }

    Written[] Parallel(ParallelFlowNode parallel, IReadOnlyList<Written> input) =>
        [new(new PayloadShape.TupleOf([.. parallel.Branches.Select(branch => Scope(branch, input) is [var only] ? only.Shape : null)]), $"'{parallel.Label}'")];

    Written Element(MapFlowNode map, Written written)
    {
        if (written.Shape is not PayloadShape.Of { Type: var given }) return Element(written);
        var isSingle = given == typeof(string) || given.IsPrimitive;
        if (isSingle || (serializer.Options.TryGetTypeInfo(given, out var contract) && contract.Kind == JsonTypeInfoKind.Object))
            throw new WorkflowException($"'{map}' runs for each element of an array, but the payload from {written.Writer} is {TypeName.Of(given)}, which is written as {(isSingle ? "a single value" : "an object")}: give it an array, such as with .Select(…), or leave out .Map().");
        return Element(written);
    }

    Written Element(Written written) => written with
    {
        Shape = written.Shape switch
        {
            PayloadShape.ArrayOf { Element: var element } => element,
            PayloadShape.Of { Type: var type } when !PayloadTypes.IsTuple(type) && serializer.Options.TryGetTypeInfo(type, out var info) && info.ElementType is { } element => new PayloadShape.Of(element),
            _ => null,
        },
    };
}
