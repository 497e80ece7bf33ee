namespace Orkestra.Hosting.Integrations;

/// <summary>How HTTP tasks (<c>arn:aws:states:::http:invoke</c>) call (https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html).</summary>
public sealed record HttpTaskOptions
{
    /// <summary>
    /// Sends the requests. The default is a client that does not follow redirects, so that what a connection adds is sent to no other address: a redirect is an error
    /// such as <c>States.Http.StatusCode.302</c>. The timeout of a client given here should not be shorter than <see cref="Timeout"/>.
    /// </summary>
    public HttpClient Client { get; init; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };

    /// <summary>
    /// Finds the connection that a task's <c>ConnectionArn</c> names: null when there is none. It may throw an <see cref="HttpTaskConnectionException"/>; with any other
    /// exception the task fails with <c>Events.ConnectionResource.InternalError</c>. When no finder is given (the default), requests are sent as they are, whatever
    /// connection they name.
    /// </summary>
    public Func<string, CancellationToken, ValueTask<HttpTaskConnection?>>? FindConnection { get; init; }

    /// <summary>How long a request may take, in real time; 60 seconds by default, as on AWS. Then the task fails with <c>States.Http.Socket</c>.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether <c>http://</c> addresses may be called; false by default, as on AWS. Addresses of this machine always may.</summary>
    public bool AllowsPlainHttp { get; init; }
}
