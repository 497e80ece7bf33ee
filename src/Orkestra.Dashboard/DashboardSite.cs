using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Orkestra.Dashboard.Access;
using Orkestra.Dashboard.Assets;
using Orkestra.Dashboard.Pages;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;

namespace Orkestra.Dashboard;

/// <summary>What all requests share: who may call, the headers that protect pages, and what is answered when something goes wrong.</summary>
internal sealed partial class DashboardSite(DashboardServices services, PageRenderer renderer, string pattern, ILogger logger)
{
    const long MostPosted = 4 << 20;

    const string ContentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    internal RequestDelegate Page(Func<HttpContext, DashboardContext, Task> answer) => context => GuardAsync(context, isPage: true, answer);

    internal RequestDelegate Api(Func<HttpContext, DashboardContext, Task<JsonValue?>> answer) => context => GuardAsync(context, isPage: false, async (_, dashboard) =>
    {
        if (await answer(context, dashboard).ConfigureAwait(false) is { } value) await WriteJsonAsync(context, StatusCodes.Status200OK, value).ConfigureAwait(false);
        else await WriteProblemAsync(context, StatusCodes.Status404NotFound, "There is no such thing.").ConfigureAwait(false);
    });

    internal RequestDelegate Stream(Func<HttpContext, Task> answer) => context => GuardAsync(context, isPage: false, (_, _) => answer(context));

    /// <summary>What changes something.</summary>
    internal RequestDelegate Action(Func<HttpContext, DashboardContext, IFormCollection, Task> act) => context => GuardAsync(context, isPage: true, async (_, dashboard) =>
    {
        if (services.IsReadOnly)
        {
            await MessageAsync(context, dashboard, StatusCodes.Status403Forbidden, "Read-only", "This dashboard is read-only. Nothing was changed.").ConfigureAwait(false);
            return;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MostPosted;
        var form = await context.Request.ReadFormAsync(new FormOptions { ValueLengthLimit = (int)MostPosted, KeyLengthLimit = 1_000 }, context.RequestAborted).ConfigureAwait(false);
        await act(context, dashboard, form).ConfigureAwait(false);
    });

    internal Task AssetAsync(HttpContext context)
    {
        var values = context.Request.RouteValues;
        Protect(context);
        // The sign-in page needs its style before the token is entered.
        return services.Guard.RightOf(context) == CallerRight.Refused ? Refuse(context) : AssetCatalog.WriteAsync(context, (string)values["hash"]!, (string)values["name"]!);
    }

    internal Task SignInPageAsync(HttpContext context)
    {
        Protect(context);
        var dashboard = ContextOf(context);
        return services.Guard.RightOf(context) switch
        {
            CallerRight.Refused => Refuse(context),
            CallerRight.Use => Redirect(context, Local(dashboard, context.Request.Query["return"])),
            _ => renderer.WriteAsync<SignInPage>(context, dashboard, StatusCodes.Status200OK, ("Return", Local(dashboard, context.Request.Query["return"]))),
        };
    }

    internal async Task SignInAsync(HttpContext context)
    {
        Protect(context);
        if (services.Guard.RightOf(context) == CallerRight.Refused)
        {
            await Refuse(context).ConfigureAwait(false);
            return;
        }

        var dashboard = ContextOf(context);
        if (!context.Request.HasFormContentType)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        var back = Local(dashboard, form["return"]);
        if (services.Guard.TrySignIn(context, form["token"].ToString(), dashboard.Home)) await Redirect(context, back).ConfigureAwait(false);
        else await renderer.WriteAsync<SignInPage>(context, dashboard, StatusCodes.Status403Forbidden, ("Return", back), ("IsWrong", true)).ConfigureAwait(false);
    }

    async Task GuardAsync(HttpContext context, bool isPage, Func<HttpContext, DashboardContext, Task> answer)
    {
        Protect(context);
        var dashboard = ContextOf(context);
        switch (services.Guard.RightOf(context))
        {
            case CallerRight.Refused:
                await Refuse(context).ConfigureAwait(false);
                return;
            case CallerRight.SignIn when isPage && HttpMethods.IsGet(context.Request.Method):
                await Redirect(context, DashboardContext.WithQuery(dashboard.SignIn, ("return", dashboard.Path))).ConfigureAwait(false);
                return;
            case CallerRight.SignIn:
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
        }

        try
        {
            await answer(context, dashboard).ConfigureAwait(false);
        }
        catch (Exception problem) when (context.RequestAborted.IsCancellationRequested && problem is OperationCanceledException or IOException)
        {
            // The reader is gone.
        }
        catch (Exception problem) when (problem is BadHttpRequestException or InvalidDataException)
        {
            await FailAsync(context, dashboard, isPage, StatusCodes.Status400BadRequest, "The request cannot be read", problem.Message).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is ExecutionReplayException or FormatException)
        {
            await FailAsync(context, dashboard, isPage, StatusCodes.Status500InternalServerError, "This run cannot be shown", problem.Message).ConfigureAwait(false);
        }
        catch (ExecutionStoreException problem)
        {
            LogFailed(problem.GetType().Name);
            await FailAsync(context, dashboard, isPage, StatusCodes.Status503ServiceUnavailable, "The store does not answer", services.WriteProblem is { } reason ? $"{reason} Nothing was changed." : "The store of executions does not accept the request now. Try again later.").ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever fails inside is this request's failure, and the next one is answered.
        catch (Exception problem) when (!context.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(problem.ToString());
            await FailAsync(context, dashboard, isPage, StatusCodes.Status500InternalServerError, "Something went wrong", "The page could not be made. The log of the program says why.").ConfigureAwait(false);
        }
    }

    async Task FailAsync(HttpContext context, DashboardContext dashboard, bool isPage, int status, string title, string text)
    {
        if (context.Response.HasStarted) return;
        if (isPage) await MessageAsync(context, dashboard, status, title, text).ConfigureAwait(false);
        else await WriteProblemAsync(context, status, text).ConfigureAwait(false);
    }

    Task MessageAsync(HttpContext context, DashboardContext dashboard, int status, string title, string text) =>
        renderer.WriteAsync<MessagePage>(context, dashboard, status, ("Title", title), ("Text", text));

    static Task WriteProblemAsync(HttpContext context, int status, string text) => WriteJsonAsync(context, status, JsonObject.Create(("error", text)));

    static async Task WriteJsonAsync(HttpContext context, int status, JsonValue value)
    {
        var bytes = value.ToUtf8Bytes();
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    DashboardContext ContextOf(HttpContext context)
    {
        var query = context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        return new DashboardContext(services, context.Request.PathBase.ToUriComponent() + pattern, UriHelper.BuildRelative(context.Request.PathBase, context.Request.Path, context.Request.QueryString), query);
    }

    static void Protect(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.Vary = "Cookie, Authorization, Origin, Sec-Fetch-Site";
    }

    // Nothing is said to who may not ask.
    static Task Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    internal static Task Redirect(HttpContext context, string to)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = to;
        return Task.CompletedTask;
    }

    // Only addresses of this dashboard: not //elsewhere, and nothing that a browser reads as such.
    static string Local(DashboardContext dashboard, string? path) =>
        path is not null && path.StartsWith(dashboard.Home, StringComparison.Ordinal) && !path.StartsWith("//", StringComparison.Ordinal) && !path.AsSpan().ContainsAny('\\', '\r', '\n') ? path : dashboard.Home;

    [LoggerMessage(EventId = 1, EventName = "DashboardFailed", Level = LogLevel.Error, Message = "A request of the dashboard could not be answered: {Error}.")]
    partial void LogFailed(string error);
}
