using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orkestra.Dashboard;

/// <summary>Renders a component as a page. Nothing of it stays on the server.</summary>
internal sealed class PageRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    internal async Task WriteAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TPage>(HttpContext context, DashboardContext dashboard, int status, params (string Name, object? Value)[] parameters)
        where TPage : IComponent
    {
        var renderer = new HtmlRenderer(services, loggers);
        await using (renderer.ConfigureAwait(false))
        {
            var values = new Dictionary<string, object?>(StringComparer.Ordinal) { ["Page"] = dashboard };
            foreach (var (name, value) in parameters) values[name] = value;
            var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(values)).ConfigureAwait(true)).ToHtmlString()).ConfigureAwait(false);
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.WriteAsync(html, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
