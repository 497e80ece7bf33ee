using System.Text.Json;
using Orkestra.Authoring;

namespace Orkestra.Tests.Authoring;

/// <summary>A workflow of a flow that is made in a test.</summary>
public sealed class TestWorkflow<TIn, TOut>(Func<Flow<TIn, TOut>> define, JsonSerializerOptions? json = null) : Workflow<TIn, TOut>
{
    public override string Name => "Test";

    protected override JsonSerializerOptions? JsonOptions => json;

    public override Flow<TIn, TOut> Define() => define();
}
