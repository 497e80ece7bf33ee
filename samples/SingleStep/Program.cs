using Orkestra.Hosting;

return await OrkestraHost.RunAsync<SingleStep>(args);
