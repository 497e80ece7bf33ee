using System.Text.Json;
using Orkestra.Authoring;

namespace Orkestra.Tests.Authoring;

internal static class TestWorkflow
{
    public static TestWorkflow<TIn, TOut> Of<TIn, TOut>(Flow<TIn, TOut> flow, JsonSerializerOptions? json = null) => new(() => flow, json);
}
