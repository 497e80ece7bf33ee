namespace Orkestra.Hosting.Integrations;

/// <summary>How HTTP tasks (<c>arn:aws:states:::http:invoke</c>) call (https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html).</summary>
public sealed record HttpTaskOptions
{
    /// <summary>Sends the requests; a new client by default. Its own timeout should not be shorter than <see cref="Timeout"/>.</summary>
    public HttpClient Client { get; init; } = new() { Timeout = System.Threading.Timeout.InfiniteTimeSpan };

    /// <summary>
    /// Finds the connection that a task's <c>ConnectionArn</c> names: null when there is none. It may throw a <see cref="HttpConnectionException"/>. When no finder is
    /// given (the default) requests are sent as they are, whatever connection they name.
    /// </summary>
    public Func<string, CancellationToken, ValueTask<HttpConnection?>>? FindConnection { get; init; }

    /// <summary>How long a request may take, in real time; 60 seconds by default, as on AWS. Then the task fails with <c>States.Http.Socket</c>.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether <c>http://</c> addresses may be called; false by default, as on AWS. Addresses of this machine always may.</summary>
    public bool AllowsPlainHttp { get; init; }
}
