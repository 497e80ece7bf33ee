using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Orkestra.Authoring.Services;

/// <summary>Asks models of Amazon Bedrock without a function (https://docs.aws.amazon.com/step-functions/latest/dg/connect-bedrock.html).</summary>
public static class Bedrock
{
    /// <summary>Invokes a model and goes on with its answer.</summary>
    /// <typeparam name="TIn">The payload.</typeparam>
    /// <typeparam name="TRequest">The request in the model's own form. Members of an anonymous object are named as in payloads; give a type with <c>[JsonPropertyName]</c> where the model wants other names.</typeparam>
    /// <typeparam name="TOut">The model's answer, which must fit into 256 KiB.</typeparam>
    /// <param name="modelId">The model's identifier or ARN, that of an inference profile, or a placeholder.</param>
    /// <param name="request">A C# expression for the request.</param>
    /// <param name="name">The state's name; see <see cref="Aws.Step"/>.</param>
    public static ServiceStep<TIn, TOut> InvokeModel<TIn, TRequest, TOut>(string modelId, Expression<Func<TIn, TRequest>> request, [CallerMemberName] string name = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(modelId);
        ArgumentNullException.ThrowIfNull(request);
        var arguments = ServiceArguments.Over<TIn>().With("ModelId", modelId).With("ContentType", "application/json").With("Accept", "application/json").With("Body", request);
        return Aws.Make<TIn, JsonElement>("bedrock:invokeModel", arguments, name).Giving(static answer => ServiceText.As<TOut>(answer.GetProperty("Body")));
    }
}
