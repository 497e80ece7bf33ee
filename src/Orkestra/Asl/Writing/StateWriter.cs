using System.Runtime.CompilerServices;
using Orkestra.Asl.Choices;
using Orkestra.Expressions.Data;

namespace Orkestra.Asl.Writing;

/// <summary>Writes states.</summary>
internal static class StateWriter
{
    internal static JsonValue Write(State state)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (state is UnknownState unknown) return unknown.Value;
        var writer = new ElementWriter()
            .Set("Type", state.Type)
            .Set("Comment", state.Comment)
            .Set("QueryLanguage", state.QueryLanguage)
            .Set("InputPath", state.InputPath);
        switch (state)
        {
            case PassState pass: Pass(writer, pass); break;
            case TaskState task: Task(writer, task); break;
            case ChoiceState choice: Choice(writer, choice); break;
            case WaitState wait: Wait(writer, wait); break;
            case FailState fail: Fail(writer, fail); break;
            case ParallelState parallel: Parallel(writer, parallel); break;
            case MapState map: Map(writer, map); break;
        }

        if (state is FallibleState fallible) Fallible(writer, fallible);
        return writer
            .Set("OutputPath", state.OutputPath)
            .Set("Assign", state.Assign)
            .Set("Output", state.Output)
            .Set("Next", state.Next)
            .Set("End", state.End)
            .Build(state);
    }

    static void Pass(ElementWriter writer, PassState state) => writer
        .Set("Parameters", state.Parameters)
        .Set("Result", state.Result)
        .Set("ResultPath", state.ResultPath);

    static void Task(ElementWriter writer, TaskState state) => writer
        .Set("Resource", state.Resource)
        .Set("Parameters", state.Parameters)
        .Set("Arguments", state.Arguments)
        .Set("Credentials", state.Credentials)
        .Set("TimeoutSeconds", state.TimeoutSeconds)
        .Set("TimeoutSecondsPath", state.TimeoutSecondsPath)
        .Set("HeartbeatSeconds", state.HeartbeatSeconds)
        .Set("HeartbeatSecondsPath", state.HeartbeatSecondsPath);

    static void Choice(ElementWriter writer, ChoiceState state) => writer
        .Set("Choices", state.Choices, Rule)
        .Set("Default", state.Default);

    static void Wait(ElementWriter writer, WaitState state) => writer
        .Set("Seconds", state.Seconds)
        .Set("SecondsPath", state.SecondsPath)
        .Set("Timestamp", state.Timestamp)
        .Set("TimestampPath", state.TimestampPath);

    static void Fail(ElementWriter writer, FailState state) => writer
        .Set("Error", state.Error)
        .Set("ErrorPath", state.ErrorPath)
        .Set("Cause", state.Cause)
        .Set("CausePath", state.CausePath);

    static void Parallel(ElementWriter writer, ParallelState state) => writer
        .Set("Parameters", state.Parameters)
        .Set("Arguments", state.Arguments)
        .Set("Branches", state.Branches, GraphWriter.Branch);

    static void Map(ElementWriter writer, MapState state) => writer
        .Set("Items", state.Items)
        .Set("ItemsPath", state.ItemsPath)
        .Set("ItemReader", GraphWriter.ItemReader(state.ItemReader))
        .Set("ItemSelector", state.ItemSelector)
        .Set("Parameters", state.Parameters)
        .Set("ItemBatcher", GraphWriter.ItemBatcher(state.ItemBatcher))
        .Set("MaxConcurrency", state.MaxConcurrency)
        .Set("MaxConcurrencyPath", state.MaxConcurrencyPath)
        .Set("ToleratedFailureCount", state.ToleratedFailureCount)
        .Set("ToleratedFailureCountPath", state.ToleratedFailureCountPath)
        .Set("ToleratedFailurePercentage", state.ToleratedFailurePercentage)
        .Set("ToleratedFailurePercentagePath", state.ToleratedFailurePercentagePath)
        .Set("Label", state.Label)
        .Set("ItemProcessor", GraphWriter.ItemProcessor(state.ItemProcessor))
        .Set("Iterator", GraphWriter.ItemProcessor(state.Iterator))
        .Set("ResultWriter", GraphWriter.ResultWriter(state.ResultWriter));

    static void Fallible(ElementWriter writer, FallibleState state) => writer
        .Set("ResultSelector", state.ResultSelector)
        .Set("ResultPath", state.ResultPath)
        .Set("Retry", state.Retry, GraphWriter.Retrier)
        .Set("Catch", state.Catch, GraphWriter.Catcher);

    static JsonValue Rule(ChoiceRule rule)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var writer = new ElementWriter().Set("Comment", rule.Comment);
        switch (rule)
        {
            case ConditionRule condition: writer.Set("Condition", condition.Condition); break;
            case AndRule and: writer.Set("And", and.Rules, Rule); break;
            case OrRule or: writer.Set("Or", or.Rules, Rule); break;
            case NotRule not: writer.Set("Not", Rule(not.Rule)); break;
            case ComparisonRule comparison: writer.Set("Variable", comparison.Variable).Set(comparison.Operator.ToString(), comparison.Value); break;
        }

        return writer
            .Set("Assign", rule.Assign)
            .Set("Output", rule.Output)
            .Set("Next", rule.Next)
            .Build(rule);
    }
}
