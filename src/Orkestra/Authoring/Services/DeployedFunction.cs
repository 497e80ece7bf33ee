using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Orkestra.Authoring.Services;

/// <summary>Calls Lambda functions that are not steps of the workflow (https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html).</summary>
public static class DeployedFunction
{
    /// <summary>Calls a function with the payload.</summary>
    /// <typeparam name="TIn">The payload.</typeparam>
    /// <typeparam name="TOut">What the function returns.</typeparam>
    /// <param name="function">The function's ARN or name, or a placeholder such as <c>${PricingFunction}</c>.</param>
    /// <param name="name">The state's name; see <see cref="Aws.Step"/>.</param>
    public static ServiceStep<TIn, TOut> Invoke<TIn, TOut>(string function, [CallerMemberName] string name = "") =>
        Call<TIn, TOut>(Function<TIn>(function).WithInput("Payload"), name);

    /// <summary>Calls a function.</summary>
    /// <typeparam name="TIn">The payload.</typeparam>
    /// <typeparam name="TRequest">What the function is given.</typeparam>
    /// <typeparam name="TOut">What the function returns.</typeparam>
    /// <param name="function">The function's ARN or name, or a placeholder such as <c>${PricingFunction}</c>.</param>
    /// <param name="request">A C# expression for what the function is given.</param>
    /// <param name="name">The state's name; see <see cref="Aws.Step"/>.</param>
    public static ServiceStep<TIn, TOut> Invoke<TIn, TRequest, TOut>(string function, Expression<Func<TIn, TRequest>> request, [CallerMemberName] string name = "")
    {
        ArgumentNullException.ThrowIfNull(request);
        return Call<TIn, TOut>(Function<TIn>(function).With("Payload", request), name);
    }

    static ServiceStep<TIn, TOut> Call<TIn, TOut>(ServiceArguments arguments, string name) =>
        Aws.Make<TIn, JsonElement>("lambda:invoke", arguments, name).Giving(static answer => ServiceText.As<TOut>(answer.GetProperty("Payload")));

    static ServiceArguments Function<TIn>(string function)
    {
        ArgumentException.ThrowIfNullOrEmpty(function);
        return ServiceArguments.Over<TIn>().With("FunctionName", function);
    }
}
