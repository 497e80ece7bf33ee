using Microsoft.AspNetCore.Http;
using Orkestra.Engine;

namespace Orkestra.Dashboard.Live;

/// <summary>
/// Says that something has changed, as server-sent events: a page then asks for itself again. It needs no memory of what was said, so that a page that was away misses nothing.
/// </summary>
internal sealed class LiveStream(DashboardServices services, CancellationToken stopping)
{
    const string Change = "event: change\ndata: 1\n\n";

    static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    internal async Task AnswerAsync(HttpContext context)
    {
        var arn = context.Request.Query["arn"].ToString();
        Func<ExecutionStart, bool>? matches = context.Request.Query["topic"].ToString() switch
        {
            "all" => _ => true,
            "machine" => start => start.Machine.StateMachineArn == arn,
            "run" => start => start.ResolveArn() == arn,
            _ => null,
        };
        if (matches is null)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        using var changes = services.Runtime.Changes.Subscribe(matches);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await SendAsync(context, "retry: 1000\nevent: open\ndata: 1\n\n", ends.Token).ConfigureAwait(false);
            // What changed between the page and this moment.
            if (context.Request.Query["seen"] != DashboardContext.SeenOf(services)) await SendAsync(context, Change, ends.Token).ConfigureAwait(false);
            while (true)
            {
                var changed = await changes.WaitAsync(Heartbeat, ends.Token).ConfigureAwait(false);
                await SendAsync(context, changed ? Change : ": still here\n\n", ends.Token).ConfigureAwait(false);
                // A page need not follow faster than the eye.
                if (changed) await Task.Delay(Pause, TimeProvider.System, ends.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The page is closed, or the app stops.
        }
    }

    static async Task SendAsync(HttpContext context, string text, CancellationToken cancellationToken)
    {
        await context.Response.WriteAsync(text, cancellationToken).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
