using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Orkestra.Authoring.Services;

/// <summary>
/// Calls HTTPS APIs without a function (https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html). A connection of EventBridge holds the credentials. An answer with a status
/// of 400 or more is the error <c>States.Http.StatusCode.</c> followed by the status.
/// </summary>
public static class HttpEndpoint
{
    /// <summary>Calls an API and goes on with the body of its answer.</summary>
    /// <typeparam name="TIn">The payload.</typeparam>
    /// <typeparam name="TOut">The body: JSON, or a <see cref="string"/> for other media types.</typeparam>
    /// <param name="method">The HTTP method, such as <c>GET</c> or <c>POST</c>.</param>
    /// <param name="endpoint">A C# expression for the address, which begins with <c>https://</c>.</param>
    /// <param name="connectionArn">The ARN of the connection, or a placeholder such as <c>${PaymentConnection}</c>.</param>
    /// <param name="further">
    /// A C# expression for further parameters, an anonymous object whose members are named as written: <c>order => new { RequestBody = order, Headers = new Dictionary&lt;string, string&gt; { { "Accept", "application/json" } } }</c>;
    /// none when null.
    /// </param>
    /// <param name="name">The state's name; see <see cref="Aws.Step"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="further"/> is not an anonymous object.</exception>
    public static ServiceStep<TIn, TOut> Call<TIn, TOut>(
        string method, Expression<Func<TIn, string>> endpoint, string connectionArn, Expression<Func<TIn, object>>? further = null, [CallerMemberName] string name = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentException.ThrowIfNullOrEmpty(connectionArn);
        var arguments = ServiceArguments.Over<TIn>();
        arguments.With("Method", method).With("ApiEndpoint", endpoint).With("Authentication", arguments.Inner().With("ConnectionArn", connectionArn)).WithAll(further, nameof(further));
        return Aws.Make<TIn, JsonElement>("http:invoke", arguments, name, namesAsWritten: true).Giving(static answer => ServiceText.As<TOut>(answer.GetProperty("ResponseBody")));
    }
}
